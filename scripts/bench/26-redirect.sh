i=0
while [ $i -lt 10000 ]; do echo x >/dev/null 2>&1; : </dev/null; i=$((i + 1)); done
echo $i
