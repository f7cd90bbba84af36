i=0
while [ $i -lt 60 ]; do
	f=$TMP/src$i.c
	echo "int f$i;" >$f
	base=$(basename $f .c) dir=$(dirname $f)
	cp $f $dir/$base.o
	if cmp -s $f $dir/$base.o; then ok=$((ok + 1)); fi
	rm -f $f $dir/$base.o
	i=$((i + 1))
done
echo $ok
