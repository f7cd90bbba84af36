i=0
: >"$TMP/log"
while [ $i -lt 10000 ]; do echo item $i >>"$TMP/log"; i=$((i + 1)); done
tail -n 1 "$TMP/log"
