i=0
while [ $i -lt 60000 ]; do i=$((i + 1)); j=$((i * 2)); done
echo $j
