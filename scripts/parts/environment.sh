# Sourced by the scripts in the folder above, which set $self to their own path first.
#
# Gives them: $root (the checkout), $python (the interpreter of its environment), and
#   ensure runtime | test | benchmark    make .venv what requirements/<that>.txt says, if it is not
#
# Nothing here may cost time once the environment stands: two file comparisons, no Python.

PATH=${PATH:-/usr/local/bin:/usr/bin:/bin}
export PATH
unset PYTHONPATH PYTHONHOME

case $self in */*) root=${self%/*}/.. ;; *) root=.. ;; esac
root=$(CDPATH='' cd -- "$root" && { pwd -W 2>/dev/null || pwd -P; }) # -W: Git's shell on Windows
venv=$root/.venv
made_from=$venv/made-from

say() { printf 'treatybody: %s\n' "$*" >&2; }

# Windows keeps the interpreter elsewhere (these scripts run there under Git's own shell).
find_environment() {
    python=$venv/bin/python
    if [ -d "$venv/Scripts" ]; then python=$venv/Scripts/python.exe; fi
}

# Is .venv whole, made for this folder, from this lock file and this pyproject.toml?
stands() {
    find_environment
    made_for=
    [ -x "$python" ] && [ -r "$made_from/root" ] && read -r made_for <"$made_from/root" &&
        [ "$made_for" = "$root" ] &&
        cmp -s "$root/requirements/$1.txt" "$made_from/$1.txt" &&
        cmp -s "$root/pyproject.toml" "$made_from/pyproject.toml"
}

# An interpreter to make the environment with: TREATYBODY_PYTHON, else the first that will do.
find_base() {
    for candidate in "${TREATYBODY_PYTHON:-}" python3.11 python3 python3.12 python3.13 python \
        /opt/homebrew/bin/python3 /usr/local/bin/python3; do
        if [ -n "$candidate" ] && "$candidate" -I -c \
            'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            printf '%s\n' "$candidate"
            return 0
        fi
    done
    say "making the environment needs Python 3.11 or later, and none was found on PATH;" \
        "install it, or name it in TREATYBODY_PYTHON"
    return 1
}

ensure() {
    if stands "$1"; then return 0; fi
    base=$(find_base) || exit 2
    "$base" -I "$root/scripts/parts/environment.py" "$root" "$1" >&2 || exit 2
    find_environment
}
