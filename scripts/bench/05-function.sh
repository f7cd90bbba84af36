f() { x=$3; }
i=0
while [ $i -lt 50000 ]; do f a b $i; i=$((i + 1)); done
echo $x
