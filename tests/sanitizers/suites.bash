# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2154
# Read by ./dev when a suite is asked for that takes long, most of them under a sanitizer.

# What the sanitizers find goes to files, so that a program in the middle of a
# test cannot swallow it; the tally counts each file as a failure.
run_tap () # NAME PROGRAM [ARGUMENT…]: a program of the current suite that is no test of Meson's
{
  local name=$1
  shift
  mkdir -p "$top/$folder/meson-logs"
  "${into[@]}" "${settings[@]}" "$top/tests/sim/tap-log.py" "$top/$folder/meson-logs/$name.json" "$name" "$@" </dev/null || true
  logs+=("$name=$top/$folder/meson-logs/$name.json")
}

run_sanitized () # SUITE
{
  local folder=build-$1 rules=$top/tests/sanitizers settings target=
  local common=exitcode=66:log_path=$top/build-$1/meson-logs/reports/report
  [[ $1 != kill ]] || folder=build
  [[ $1 != sim* ]] || folder=build-sim
  enter "$folder"
  unshare_processes
  case $1 in
    sanitizers)
      settings=(env ASAN_OPTIONS="$common:strict_string_checks=1:detect_stack_use_after_return=1"
        UBSAN_OPTIONS="$common:print_stacktrace=1:halt_on_error=1"
        LSAN_OPTIONS="suppressions=$rules/leaks.supp:print_suppressions=0")
      build "$folder" -Db_sanitize=address,undefined -Doptimization=g || fail "$failed_build"
      run_suites sanitizers "$folder" "${short_suites[@]}" sanitizers
      ;;
    tsan)
      say 'Building a GLib that the thread sanitizer understands, where there is none yet.'
      quietly administer bash -c "$(<"$rules/build-glib")" || fail 'GLib could not be built.'
      # Not by LD_LIBRARY_PATH: other programs that a test starts keep their GLib.
      settings=(setarch --addr-no-randomize env
        TSAN_OPTIONS="$common:suppressions=$rules/races.supp:second_deadlock_stack=1")
      "${into[@]}" setarch --addr-no-randomize true 2>/dev/null || settings=("${settings[@]:2}")
      build "$folder" -Db_sanitize=thread -Doptimization=g \
        -Dc_link_args=-Wl,--disable-new-dtags,-rpath,/opt/glib-tsan/lib || fail "$failed_build"
      run_suites tsan "$folder" store sync app sanitizers
      ;;
    fuzz)
      settings=(env ASAN_OPTIONS="$common" UBSAN_OPTIONS="$common:print_stacktrace=1:halt_on_error=1")
      into+=(CC=clang) # the only compiler with libFuzzer
      target=fuzz # nothing else is run of this build
      build "$folder" -Dfuzz=true -Db_sanitize=address,undefined -Db_lundef=false -Doptimization=1 \
        || fail "$failed_build"
      run_suites fuzz "$folder" fuzz
      ;;
    kill)
      build_or_fail
      run_suites '' "$folder" kill
      ;;
    sim)
      settings=(env TZ=UTC G_DEBUG=fatal-criticals)
      build "$folder" -Doptimization=2 || fail "$failed_build"
      if ((${#arguments[@]} == 0)); then
        run_suites sim "$folder" sim
        # Always the same days, so that a change that breaks one is told from days nobody has seen yet:
        # those still find something twice or thrice in a thousand, and are asked for with --base.
        arguments=(--jobs "$(nproc)" --base 1 --seeds 2000)
      fi
      run_tap simulator "$top/$folder/tests/sim/sim" --list "$top/tests/sim/seeds.txt" "${arguments[@]}"
      ;;
    sim-mutants)
      settings=(env TZ=UTC)
      build "$folder" -Doptimization=2 || fail "$failed_build"
      run_tap mutants python3 "$top/tests/sim/mutants.py" "$top" "$top/$folder" "${arguments[@]}"
      ;;
  esac
}
