a=1 b=2 c=3 n=40000
while :; do
	n=$((n - 1))
	case $n in 0) break ;; esac
	a=$(((a * 7 + b) % 1000)) b=$(((b + c) & 255)) c=$((a ^ b | 5))
done
echo $a $b $c
