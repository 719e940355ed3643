#!/bin/sh
# make demo: from a spec to a sandbox and back, on this machine alone.  Usage: demo.sh BIN OUT SPEC
set -eu
bin=$(cd "$1" && pwd)
out=$2
spec=$3

rm -rf "$out/demo"
mkdir -p "$out/demo"
cp -R "$spec" "$out/demo/model"
cd "$out/demo"

say() { printf '\n== %s\n' "$*"; }
run() {
	printf '$ scorewright %s\n' "$*"
	"$bin/scorewright" "$@"
}

say "Compile for both platforms"
run compile model --out out

say "Serve Marketo's API from this machine"
# A sandbox of one's own need not wait: Marketo takes 100 calls in 20 seconds, and so does this one if it is not told more.
"$bin/scorewright" sandbox marketo --port 0 --built out --set rate=1000 >sandbox.txt &
server=$!
trap 'kill "$server" 2>/dev/null || true' EXIT
while ! grep -q "^export" sandbox.txt; do
	kill -0 "$server"
	sleep 0.1
done
cat sandbox.txt
sed -n '/^\[instances/,/^address/p' sandbox.txt >scorewright.toml
echo "calls = 1000" >>scorewright.toml
eval "$(grep '^export' sandbox.txt)"
address=$(sed -n 's/^address = "\(.*\)"/\1/p' scorewright.toml)

say "What would a push do?"
run plan model --instance local --out plan.json
say "Do it: the fields can never be deleted, so that is said for itself"
run push model --instance local --plan plan.json --yes --confirm permanent-field
say "Somebody carries out the build sheet (here the sandbox does), and signs for it"
"$bin/python" -c "import sys, urllib.request as u; u.urlopen(u.Request(sys.argv[1], method='POST'))" "$address/sandbox/build"
run lock model --instance local
say "Switch on what was read back as the sheet asks"
run push model --instance local --yes --activate
run status model --instance local

say "Change one value: a page is worth 2"
sed 's/^page = 1$/page = 2/' model/model.toml >changed.toml
mv changed.toml model/model.toml
run plan model --instance local
run push model --instance local --yes
run status model --instance local

say "The sheets, to read: $out/demo/out/pardot/build-sheet.html and $out/demo/out/marketo/build-sheet.html"
