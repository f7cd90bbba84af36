i=0
while [ $i -lt 300 ]; do : & wait; i=$((i + 1)); done
echo $i
