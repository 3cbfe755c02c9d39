/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every noun and verb of the real program, on real libraries, with no bus and no display. */
#include "program-fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define ADD_PYCON "chat|add|--title|Live from Day 1 of PyCon|--at|2016-05-30 15:30|--zone|America/Los_Angeles|--slug|pycon"

static void
assert_prints (ProgramFixture *fixture,
               const char     *words,
               const char     *out)
{
  program_fixture_run (fixture, words);
  g_assert_cmpint (fixture->code, ==, 0);
  g_assert_cmpstr (fixture->err, ==, "");
  g_assert_cmpstr (fixture->out, ==, out);
}

static void
test_chats (ProgramFixture *fixture,
            gconstpointer   data)
{
  g_autofree char *pycon = program_fixture_add (fixture, ADD_PYCON);
  g_autofree char *sprints = program_fixture_add (fixture, "chat|add|--title=Live from the PyCon sprints|"
                                                  "--at=Thursday June 2, 2016 11am PDT|--zone=UTC|--duration=90");
  g_autofree char *json = NULL;

  assert_prints (fixture, "chat|list",
                 "Monday 30 May 2016, 15:30 PDT    pycon                        0 going  Live from Day 1 of PyCon\n"
                 "Thursday 2 June 2016, 11:00 PDT  live-from-the-pycon-sprints  0 going  Live from the PyCon sprints\n");

  json = g_strdup_printf (
    "[{\"id\":\"%s\",\"title\":\"Live from Day 1 of PyCon\",\"slug\":\"pycon\",\"starts_at\":\"2016-05-30T22:30:00Z\","
    "\"wall\":\"2016-05-30T15:30\",\"zone\":\"America/Los_Angeles\",\"duration\":60,\"status\":\"scheduled\","
    "\"sign_up_url\":null,\"going\":0,\"questions\":0},"
    "{\"id\":\"%s\",\"title\":\"Live from the PyCon sprints\",\"slug\":\"live-from-the-pycon-sprints\","
    "\"starts_at\":\"2016-06-02T18:00:00Z\",\"wall\":\"2016-06-02T11:00\",\"zone\":\"America/Los_Angeles\","
    "\"duration\":90,\"status\":\"scheduled\",\"sign_up_url\":null,\"going\":0,\"questions\":0}]\n", pycon, sprints);
  assert_prints (fixture, "chat|list|--json", json);
}

static void
test_posts (ProgramFixture *fixture,
            gconstpointer   data)
{
  static const char text[] = "\xef\xbb\xbf---\r\ntitle: Two\r\n---\r\nПривет\r\n no end";
  g_autofree char  *one = program_fixture_write (fixture, "one.md", "# One\n", -1);
  g_autofree char  *two = program_fixture_write (fixture, "two.md", text, -1);
  g_autofree char  *binary = program_fixture_write (fixture, "three.png", "\x89PNG\0\0", 6);
  g_autofree char  *out = g_build_filename (fixture->folder, "out", NULL);
  g_autofree char  *exported = g_build_filename (out, "two.md", NULL);
  g_autofree char  *bytes = NULL;
  g_autofree char  *export = NULL;
  g_auto (GStrv)    ids = NULL;

  /* Names are the caller's, from the caller's folder; what cannot be a post keeps nothing else out. */
  program_fixture_run (fixture, "post|import|one.md|three.png|two.md");
  g_assert_cmpint (fixture->code, ==, 1);
  g_assert_true (g_str_has_prefix (fixture->err, "hallway: three.png: "));
  ids = g_strsplit (fixture->out, "\n", -1);
  g_assert_cmpuint (g_strv_length (ids), ==, 3);
  g_assert_cmpstr (ids[2], ==, "");

  program_fixture_run (fixture, "post|list|--json");
  g_assert_nonnull (strstr (fixture->out, "\"file_name\":\"one.md\",\"title\":\"One\",\"status\":\"draft\""));
  g_assert_nonnull (strstr (fixture->out, "\"file_name\":\"two.md\",\"title\":\"Two\",\"status\":\"draft\""));

  g_assert_cmpint (g_mkdir (out, 0700), ==, 0);
  export = g_strdup_printf ("post|export|%s|--to|out", ids[1]);
  program_fixture_run (fixture, export);
  g_assert_cmpint (fixture->code, ==, 0);
  g_assert_true (g_file_get_contents (exported, &bytes, NULL, NULL));
  g_assert_cmpstr (bytes, ==, text);

  program_fixture_fail (fixture, "post|export|no-such-post|--to|out", 1, "not in the library");
}

static void
test_nobody_yet (ProgramFixture *fixture,
                 gconstpointer   data)
{
  g_autofree char *pycon = program_fixture_add (fixture, ADD_PYCON);

  assert_prints (fixture, "attendee|list|--chat|pycon", "");
  assert_prints (fixture, "attendee|list|--chat|pycon|--search|ana|--json", "[]\n");
  assert_prints (fixture, "question|list|--chat|pycon|--json", "[]\n");
  program_fixture_fail (fixture, "attendee|list|--chat|nowhere", 1, "“nowhere”");
  program_fixture_fail (fixture, "question|list|--chat|nowhere", 1, "“nowhere”");
  program_fixture_fail (fixture, "sync", 1, "no account yet");
}

/* With nothing to decide there is nothing to be listed, and nothing to be found. */
static void
test_nothing_waits (ProgramFixture *fixture,
                    gconstpointer   data)
{
  static const struct { const char *words; int code; const char *sentence; } faults[] = {
    { "conflict|show|x", 1, "“x”" },
    { "conflict|resolve|x", 2, "either --keep mine" },
    { "conflict|resolve|x|--keep|mine|--edit|title=T", 2, "either --keep mine" },
    { "conflict|resolve|x|--keep|both", 2, "not “both”" },
    { "conflict|resolve|x|--keep|mine", 1, "changed again" },
    { "conflict|resolve|x|--edit|title=T|--edit|slug=s", 1, "“x”" },
    { "conflict|undo|x", 1, "no such choice" },
    { "outbox|retry|x", 1, "not refused" },
    { "outbox|discard|x", 1, "not refused" },
    { "outbox|undo|x", 1, "no such edit" },
  };
  g_autofree char *pycon = program_fixture_add (fixture, ADD_PYCON);

  assert_prints (fixture, "account|list", "");
  assert_prints (fixture, "account|list|--json", "[]\n");
  assert_prints (fixture, "conflict|list", "");
  assert_prints (fixture, "conflict|list|--json", "[]\n");
  assert_prints (fixture, "outbox|list", "");
  assert_prints (fixture, "outbox|list|--json", "[]\n");
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    program_fixture_fail (fixture, faults[i].words, faults[i].code, faults[i].sentence);
}

static void
test_rename (ProgramFixture *fixture,
             gconstpointer   data)
{
  g_autofree char *pycon = program_fixture_add (fixture, ADD_PYCON);

  assert_prints (fixture, "chat|rename|--chat|pycon|--title|Day one", "");
  assert_prints (fixture, "chat|list", "Monday 30 May 2016, 15:30 PDT  pycon  0 going  Day one\n");
  program_fixture_fail (fixture, "chat|rename|--chat|pycon|--title| ", 2, "title is missing");
  program_fixture_fail (fixture, "chat|rename|--chat|nowhere|--title|T", 1, "“nowhere”");
}

/* Told before any library is opened, let alone made. */
static void
test_wrong_use (ProgramFixture *fixture,
                gconstpointer   data)
{
  static const struct { const char *words; const char *sentence; } faults[] = {
    { "chat", "hallway chat add|rename|list" },
    { "chat|fly", "“fly”" },
    { "chat|add", "--title is missing" },
    { "chat|add|--title|T|--at|2016-05-30 15:30", "--zone is missing" },
    { "chat|list|--colour|red", "hallway chat list [--json]" },
    { "chat|list|now", "too many words" },
    { "post|import", "Something is missing" },
    { "post|export|x", "--to is missing" },
    { "account|add|Mine|--url|http://127.0.0.1:1", "--token-file is missing" },
    { "account|renew|Mine", "--token-file is missing" },
    { "attendee|list", "--chat is missing" },
    { "conflict", "hallway conflict list|show|resolve|undo" },
    { "conflict|show", "Something is missing" },
    { "conflict|resolve|--keep|mine", "Something is missing" },
    { "outbox|retry", "hallway outbox retry ID" },
    { "outbox|discard|x|y", "too many words" },
    { "sync|now", "too many words" },
    { "window", "“window”" },
    { "--colour|red", "no option --colour" },
    { "--library", "--library needs a value" },
    { "--demo|chat|list", "--demo stands alone" },
    { "--demo|--library|x", "--demo stands alone" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    program_fixture_fail (fixture, faults[i].words, 2, faults[i].sentence);
  g_assert_false (g_file_test (fixture->library, G_FILE_TEST_EXISTS));
}

/* Told by the library's own rules, and nothing is kept. */
static void
test_wrong_values (ProgramFixture *fixture,
                   gconstpointer   data)
{
  static const struct { const char *words; int code; const char *sentence; } faults[] = {
    { "chat|add|--title|T|--at|soonish|--zone|UTC", 2, "“soonish”" },
    { "chat|add|--title|T|--at|2016-05-30 15:30|--zone|Mars/Base", 2, "“Mars/Base”" },
    { "chat|add|--title| |--at|2016-05-30 15:30|--zone|UTC", 2, "title is missing" },
    { "chat|add|--title|T|--at|2016-05-30 15:30|--zone|UTC|--slug|Not This", 2, "“Not This”" },
    { "chat|add|--title|T|--at|2016-05-30 15:30|--zone|UTC|--duration|0", 2, "no minutes" },
    { "chat|add|--title|T|--at|2016-03-13 02:30|--zone|America/Los_Angeles", 2, "03:30 PDT meant?" },
    { "account|add|Mine|--url|not an address|--token-file|token", 2, "https://" },
    { "account|add|Mine|--url|http://127.0.0.1:9|--token-file|nowhere", 1, "not there" },
    { "account|add|Mine|--url|http://127.0.0.1:9|--token-file|token", 1, "cannot be reached" },
    { "account|add|Mine|--url|http://chats.example.org|--token-file|token", 1, "no safe connection" },
    { "account|renew|Mine|--token-file|token", 1, "no account “Mine”" },
  };
  g_autofree char *token = program_fixture_write (fixture, "token", "secret\n", -1);

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    program_fixture_fail (fixture, faults[i].words, faults[i].code, faults[i].sentence);
  assert_prints (fixture, "chat|list", "");
}

static void
test_help (ProgramFixture *fixture,
           gconstpointer   data)
{
  static const char *const nouns[] = {
    "account", "attendee", "chat", "conflict", "outbox", "post", "question", "sync", NULL
  };

  for (guint i = 0; nouns[i] != NULL; i++) {
    g_autofree char *words = g_strconcat (nouns[i], "|--help", NULL);
    g_autofree char *first = g_strconcat ("hallway ", nouns[i], NULL);

    program_fixture_run (fixture, words);
    g_assert_cmpint (fixture->code, ==, 0);
    g_assert_cmpstr (fixture->err, ==, "");
    g_assert_true (g_str_has_prefix (fixture->out, first));
  }

  program_fixture_run (fixture, "--help");
  g_assert_cmpint (fixture->code, ==, 0);
  for (guint i = 0; nouns[i] != NULL; i++)
    g_assert_nonnull (strstr (fixture->out, nouns[i]));
  program_fixture_run (fixture, "--version");
  g_assert_cmpint (fixture->code, ==, 0);
  g_assert_true (g_str_has_prefix (fixture->out, "hallway "));
  g_assert_false (g_file_test (fixture->library, G_FILE_TEST_EXISTS));
}

/* Without a noun there would be a window, for which there is no screen here. */
static void
test_no_screen (ProgramFixture *fixture,
                gconstpointer   data)
{
  program_fixture_fail (fixture, "", 1, "no screen");
  program_fixture_fail (fixture, "--demo", 1, "no screen");
  g_assert_false (g_file_test (fixture->library, G_FILE_TEST_EXISTS));
}

static void
test_bad_libraries (ProgramFixture *fixture,
                    gconstpointer   data)
{
  g_autofree char *text = program_fixture_write (fixture, "text.hallway", "Dear diary\n", -1);
  g_autofree char *cut = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *id = program_fixture_add (fixture, "--library|mine.hallway|" "chat|add|--title|T|"
                                             "--at|2016-05-30 15:30|--zone|UTC");
  gsize            length;

  program_fixture_fail (fixture, "--library|text.hallway|chat|list", 1, "not a Hallway library");
  program_fixture_fail (fixture, "--library|no/such/folder.hallway|chat|list", 1, "no folder");
  program_fixture_fail (fixture, "--library=.|chat|list", 1, "not a Hallway library");
  g_assert_true (g_file_get_contents (text, &bytes, &length, NULL));
  g_assert_cmpstr (bytes, ==, "Dear diary\n");

  /* The library that was named is the one that was made. */
  cut = g_build_filename (fixture->folder, "mine.hallway", NULL);
  g_assert_true (g_file_test (cut, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (fixture->library, G_FILE_TEST_EXISTS));
}

/* Root may write where others may not, so this is of use to everybody else only. */
static void
test_read_only (ProgramFixture *fixture,
                gconstpointer   data)
{
  g_autofree char *id = program_fixture_add (fixture, "--library|mine.hallway|chat|add|--title|T|"
                                             "--at|2016-05-30 15:30|--zone|UTC");
  g_autofree char *path = g_build_filename (fixture->folder, "mine.hallway", NULL);

  if (geteuid () == 0) {
    g_test_skip ("root may write everywhere");
    return;
  }

  g_assert_cmpint (g_chmod (path, 0400), ==, 0);
  program_fixture_fail (fixture, "--library|mine.hallway|chat|list", 1, "only be read");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) \
  g_test_add (path, ProgramFixture, NULL, program_fixture_set_up, function, program_fixture_tear_down)

  ADD ("/cli/command/chats", test_chats);
  ADD ("/cli/command/posts", test_posts);
  ADD ("/cli/command/nothing-waits", test_nothing_waits);
  ADD ("/cli/command/rename", test_rename);
  ADD ("/cli/command/nobody-yet", test_nobody_yet);
  ADD ("/cli/command/wrong-use", test_wrong_use);
  ADD ("/cli/command/wrong-values", test_wrong_values);
  ADD ("/cli/command/help", test_help);
  ADD ("/cli/command/no-screen", test_no_screen);
  ADD ("/cli/command/bad-libraries", test_bad_libraries);
  ADD ("/cli/command/read-only", test_read_only);

  return g_test_run ();
}
