[ -f "$TMP/big.sh" ] || {
	i=0
	while [ $i -lt 20000 ]; do
		echo "function_$i() {"
		echo '	local_x="$1 and ${2:-default}" # a comment'
		echo "	if [ \"\$local_x\" = value$i ]; then echo yes; else"
		echo '		for a in 1 2 3; do echo "$a"; done'
		echo '	fi'
		echo '}'
		i=$((i + 1))
	done >"$TMP/big.sh"
}
. "$TMP/big.sh"
function_1 value1 x
