i=0
while [ $i -lt 500 ]; do echo $i | read x; i=$((i + 1)); done
echo $i
