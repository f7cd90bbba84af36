s= i=0
while [ $i -lt 12000 ]; do s=${s}abcde; i=$((i + 1)); done
echo ${#s}
