gen() { i=0; while [ $i -lt 5000 ]; do echo "line $i with some words"; i=$((i + 1)); done; }
gen | { n=0; while read -r a b c; do n=$((n + 1)) l=$b; done; echo $n $l; }
