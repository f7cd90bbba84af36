text='the quick brown fox jumps over the lazy dog and the cat sat on the mat while it rained'
i=0 words=0 chars=0
while [ $i -lt 800 ]; do
	for w in $text; do
		words=$((words + 1)) chars=$((chars + ${#w}))
		case $w in the) the=$((the + 1)) ;; esac
		eval "count_$w=\$((count_$w + 1))"
	done
	i=$((i + 1))
done
echo $words $chars $the $count_fox
