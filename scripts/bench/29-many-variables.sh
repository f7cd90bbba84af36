i=0
while [ $i -lt 2000 ]; do eval "variable_$i=$i"; i=$((i + 1)); done
k=0
while [ $k -lt 300 ]; do x=$(echo $variable_77); k=$((k + 1)); done
echo $x $variable_1999
