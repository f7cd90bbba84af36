n=250 seed=42 i=0
while [ $i -lt $n ]; do seed=$(((seed * 1103515245 + 12345) % 2147483648)); eval "v_$i=$((seed % 1000))"; i=$((i + 1)); done
i=1
while [ $i -lt $n ]; do
	eval "x=\$v_$i"
	j=$((i - 1))
	while [ $j -ge 0 ]; do
		eval "y=\$v_$j"
		[ $y -gt $x ] || break
		eval "v_$((j + 1))=$y"
		j=$((j - 1))
	done
	eval "v_$((j + 1))=$x"
	i=$((i + 1))
done
echo $v_0 $v_100 $v_249
