[ -d $TMP/tree ] || {
	for a in a b c d e; do for b in 1 2 3 4 5; do
		mkdir -p $TMP/tree/$a/$b/x $TMP/tree/$a/$b/y
		for f in 1 2 3 4; do echo $f >$TMP/tree/$a/$b/x/f$f.txt; done
	done; done
}
files=0 dirs=0
walk() {
	for e in "$1"/*; do
		if [ -d "$e" ]; then
			dirs=$((dirs + 1))
			walk "$e"
		elif [ -f "$e" ]; then files=$((files + 1)); fi
	done
}
i=0
while [ $i -lt 8 ]; do walk $TMP/tree; i=$((i + 1)); done
echo $files $dirs
