i=0
while [ $i -lt 3000 ]; do
	read -r a b <<END
first $i
second
END
	i=$((i + 1))
done
echo $a $b
