i=0
while [ $i -lt 3000 ]; do echo "line $i with some words"; i=$((i + 1)); done >"$TMP/lines"
n=0 k=0
while [ $k -lt 4 ]; do
	while read -r a b c; do n=$((n + 1)); done <"$TMP/lines"
	k=$((k + 1))
done
echo $n $a $c
