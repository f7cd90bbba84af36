i=0 p=/usr/share/doc/package.name/README.txt.gz
while [ $i -lt 30000 ]; do
	a=${p##*/} b=${p%/*} c=${a%%.*} d=${a#*.} n=${#a}
	i=$((i + 1))
done
echo $a $b $c $d $n
