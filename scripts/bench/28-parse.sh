[ -f "$TMP/big.sh" ] || {
	i=0
	while [ $i -lt 20000 ]; do
		cat <<END
function_$i() {
	local_x="\$1 and \${2:-default}" # a comment
	if [ "\$local_x" = value$i ]; then echo "yes: \$(basename "\$1")"; else for a in 1 2 3; do printf '%s\n' "\$a"; done; fi
}
END
		i=$((i + 1))
	done >"$TMP/big.sh"
}
. "$TMP/big.sh"
function_1 value1 x | tail -n 1
