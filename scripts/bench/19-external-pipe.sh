i=0
while [ $i -lt 80 ]; do echo x | cat | cat | cat >/dev/null; i=$((i + 1)); done
echo $i
