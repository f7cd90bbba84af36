set -- $(i=0; while [ $i -lt 40000 ]; do echo w$i; i=$((i + 1)); done)
n=0
for w in "$@"; do n=$((n + 1)); done
for w in $*; do last=$w; done
echo $n $last $#
