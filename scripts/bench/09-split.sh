line=root:x:0:0:root:/root:/bin/bash i=0
IFS=:
while [ $i -lt 20000 ]; do set -- $line; i=$((i + 1)); done
echo $# "$7"
