/* SPDX-License-Identifier: GPL-3.0-or-later
 * Words told apart as people expect, and the fault named when they cannot be. */
#include "cli/hall-arguments.h"

#include <string.h>

static const HallOption options[] = {
  { "title", HALL_OPTION_VALUE | HALL_OPTION_NEEDED },
  { "duration", HALL_OPTION_NUMBER },
  { "to", HALL_OPTION_FILE },
  { "json", HALL_OPTION_FLAG },
  { "edit", HALL_OPTION_VALUE | HALL_OPTION_MANY },
  { NULL, 0 },
};

static HallArguments *
parse (const char  *line,
       char       **fault)
{
  g_auto (GStrv) words = g_strsplit (line, "|", -1);

  return hall_arguments_parse ((const char *const *) words, options, fault);
}

static void
test_fine (void)
{
  g_autofree char           *fault = NULL;
  g_autoptr (HallArguments)  arguments = parse ("one|--title=a=b|--duration|90|--json|two|--|--three|--", &fault);
  const char *const         *words;

  g_assert_null (fault);
  g_assert_nonnull (arguments);
  g_assert_cmpstr (hall_arguments_get (arguments, "title"), ==, "a=b");
  g_assert_cmpint (hall_arguments_get_number (arguments, "duration"), ==, 90);
  g_assert_true (hall_arguments_has (arguments, "json"));
  g_assert_false (hall_arguments_has (arguments, "to"));
  g_assert_null (hall_arguments_get (arguments, "to"));
  g_assert_cmpint (hall_arguments_get_number (arguments, "to"), ==, 0);

  words = hall_arguments_get_words (arguments);
  g_assert_cmpuint (g_strv_length ((char **) words), ==, 4);
  g_assert_cmpstr (words[2], ==, "--three");
  g_assert_cmpstr (words[3], ==, "--");
}

static void
test_many (void)
{
  g_autofree char          *fault = NULL;
  g_autoptr (HallArguments) arguments = parse ("--title|x|--edit|a=1|--edit=b=2", &fault);
  const char *const        *all;

  g_assert_nonnull (arguments);
  all = hall_arguments_get_all (arguments, "edit");
  g_assert_cmpuint (g_strv_length ((char **) all), ==, 2);
  g_assert_cmpstr (all[0], ==, "a=1");
  g_assert_cmpstr (all[1], ==, "b=2");
  g_assert_cmpstr (hall_arguments_get (arguments, "edit"), ==, "a=1");
  g_assert_null (hall_arguments_get_all (arguments, "to"));
}

/* A value is whatever follows, also when it looks like an option. */
static void
test_value_like_option (void)
{
  g_autofree char          *fault = NULL;
  g_autoptr (HallArguments) arguments = parse ("--title|--json", &fault);

  g_assert_nonnull (arguments);
  g_assert_cmpstr (hall_arguments_get (arguments, "title"), ==, "--json");
  g_assert_false (hall_arguments_has (arguments, "json"));
}

static void
test_faults (void)
{
  static const struct { const char *line; const char *words; } faults[] = {
    { "", "--title is missing" },
    { "--title", "--title needs a value" },
    { "--title|x|--title|y", "--title stands here twice" },
    { "--title|x|--colour|red", "no option --colour" },
    { "--title|x|--colour=red", "no option --colour" },
    { "--title|x|-v", "no option -v" },
    { "--title|x|--json=yes", "--json takes no value" },
    { "--title|x|--duration|soon", "whole number, not “soon”" },
    { "--title|x|--duration|-5", "whole number" },
    { "--title|x|--duration|99999999999", "whole number" },
    { "--title|\xff\xfe", "not UTF-8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autofree char          *fault = NULL;
    g_autoptr (HallArguments) arguments = parse (faults[i].line, &fault);

    g_assert_null (arguments);
    g_assert_nonnull (fault);
    g_assert_nonnull (strstr (fault, faults[i].words));
  }
}

/* Names of files are bytes. */
static void
test_file_names (void)
{
  g_autofree char          *fault = NULL;
  g_autoptr (HallArguments) arguments = parse ("--title|x|--to|\xff\xfe|\xfe", &fault);

  g_assert_nonnull (arguments);
  g_assert_cmpstr (hall_arguments_get (arguments, "to"), ==, "\xff\xfe");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/arguments/fine", test_fine);
  g_test_add_func ("/cli/arguments/many", test_many);
  g_test_add_func ("/cli/arguments/value-like-option", test_value_like_option);
  g_test_add_func ("/cli/arguments/faults", test_faults);
  g_test_add_func ("/cli/arguments/file-names", test_file_names);

  return g_test_run ();
}
