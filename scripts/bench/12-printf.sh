i=0
while [ $i -lt 20000 ]; do printf '%s:%05d:%x\n' item $i $i; i=$((i + 1)); done >"$TMP/out"
tail -n 1 "$TMP/out"
