f() { while [ $# -gt 0 ]; do l=$1; shift; done; }
i=0
while [ $i -lt 3000 ]; do set -- a b "c d" e f g; f "$@"; i=$((i + 1)); done
echo $# "$l"
