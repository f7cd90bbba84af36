i=0 n=0 s=hello
while [ $i -lt 20000 ]; do
	[ "$s" = hello ] && n=$((n + 1))
	[ -n "$s" ] && [ $i -ne 5 ] && n=$((n + 1))
	[ -d /tmp ] && n=$((n + 1))
	[ $i -gt 3 -a $i -lt 9 ] || n=$((n + 1))
	i=$((i + 1))
done
echo $n
