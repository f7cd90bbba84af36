i=0
while [ $i -lt 15000 ]; do k=$((i % 50)); eval "a_$k=$i"; eval "x=\$a_$k"; i=$((i + 1)); done
echo $x $a_7
