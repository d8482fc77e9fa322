# Shared by the scripts of this folder: which libraries a program loads, and running it.

needs_shared() { # PROGRAM
  readelf -d "$1" | grep NEEDED | grep -q 'libnock\.so\.'
}

expect_shared() { # PROGRAM
  needs_shared "$1" || { echo "$1 does not load libnock.so" >&2; exit 1; }
}

expect_static() { # PROGRAM
  if needs_shared "$1"; then
    echo "$1 loads libnock.so" >&2
    exit 1
  fi
}
