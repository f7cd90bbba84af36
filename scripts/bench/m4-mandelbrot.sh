turn=0
while [ $turn -lt 10 ]; do
	y=-1200
	while [ $y -le 1200 ]; do
		x=-2000 row=
		while [ $x -le 600 ]; do
			a=0 b=0 i=0
			while [ $i -lt 20 ]; do
				t=$(((a * a - b * b) / 1000 + x)) b=$((2 * a * b / 1000 + y)) a=$t
				[ $((a * a + b * b)) -gt 4000000 ] && break
				i=$((i + 1))
			done
			case $i in 20) row=$row'#' ;; 1?) row=$row+ ;; *) row=$row. ;; esac
			x=$((x + 100))
		done
		echo "$row"
		y=$((y + 240))
	done
	turn=$((turn + 1))
done
