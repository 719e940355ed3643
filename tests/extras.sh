#!/bin/sh
# Installs what tests look at our pages and workbooks with, where it is absent: Chromium, LibreOffice's Calc and axe-core.
# `make test` runs this where CI is set.  Elsewhere such tests are skipped, and say what they lack.
set -eu
axe="$1" # the folder that axe-core goes to

lacking=""
command -v chromium >/dev/null || lacking="$lacking chromium fonts-liberation"
command -v soffice >/dev/null || lacking="$lacking libreoffice-calc-nogui"
if [ -n "$lacking" ]; then
	if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
		export DEBIAN_FRONTEND=noninteractive
		apt-get -qq update
		# shellcheck disable=SC2086 # a list of packages
		apt-get -qq install --yes --no-install-recommends $lacking >/dev/null
	else
		echo "extras: not installed, for want of apt-get and root:$lacking" >&2
	fi
fi
if [ ! -f "$axe/node_modules/axe-core/axe.min.js" ]; then
	if command -v npm >/dev/null; then
		mkdir -p "$axe"
		npm install --silent --no-save --no-package-lock --no-audit --no-fund --prefix "$axe" axe-core@4
	else
		echo "extras: not installed, for want of npm: axe-core" >&2
	fi
fi
