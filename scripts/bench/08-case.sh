i=0 n=0
while [ $i -lt 30000 ]; do
	case item$i in
	a* | b*) n=$((n + 100)) ;;
	*[13579]) n=$((n + 1)) ;;
	item?) n=$((n + 10)) ;;
	*00) n=$((n + 2)) ;;
	esac
	i=$((i + 1))
done
echo $n
