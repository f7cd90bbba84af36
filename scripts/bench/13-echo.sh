i=0
while [ $i -lt 30000 ]; do echo item $i; i=$((i + 1)); done >"$TMP/out"
tail -n 1 "$TMP/out"
