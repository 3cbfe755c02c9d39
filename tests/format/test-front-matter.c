/* SPDX-License-Identifier: GPL-3.0-or-later
 * Front matter is read as Jekyll reads it, and changing one value leaves every other byte alone. */
#include "format/hall-front-matter.h"

#include <string.h>

#define POST                                                                                                            \
  "---\n"                                                                                                               \
  "layout: post\n"                                                                                                      \
  "title: \"Weekly chat: decorators\"   # shown in lists\n"                                                             \
  "date: 2016-05-23 09:00:00 -0700\n"                                                                                   \
  "comments: true\n"                                                                                                    \
  "categories:\n"                                                                                                       \
  "- python\n"                                                                                                          \
  "- web chats\n"                                                                                                       \
  "tags: [a, 'b c']\n"                                                                                                  \
  "---\n"                                                                                                               \
  "\n"                                                                                                                  \
  "Hello.\n"

static char *
join (char **list)
{
  return g_strjoinv ("|", list);
}

static void
test_read (void)
{
  g_autoptr (HallFrontMatter) post = hall_front_matter_read (POST, "x.md");
  g_autofree char            *categories = join (post->categories);
  g_autofree char            *tags = join (post->tags);

  g_assert_null (post->fault);
  g_assert_cmpuint (post->fault_line, ==, 0);
  g_assert_cmpstr (post->title, ==, "Weekly chat: decorators");
  g_assert_cmpstr (post->date, ==, "2016-05-23 09:00:00 -0700");
  g_assert_cmpstr (categories, ==, "python|web chats");
  g_assert_cmpstr (tags, ==, "a|b c");
  g_assert_true (post->published);
  g_assert_cmpstr (&POST[post->body], ==, "\nHello.\n");
}

static void
test_shapes (void)
{
  const char *const shapes[][4] = {
    /* text, title, categories, what follows */
    { "\xef\xbb\xbf---\ntitle: T\n---\nbody", "T", "", "body" },
    { "---\r\ntitle: T\r\n---\r\nbody\r\n", "T", "", "body\r\n" },
    { "---  \ntitle: T\n---\t\nbody", "T", "", "body" },
    { "---\ntitle: T\n...\nbody", "T", "", "body" },
    { "---\ntitle: T\n---", "T", "", "" },
    { "---\n---\nbody", "File name", "", "body" },
    { "---\ncategories: python  web\n---\n", "File name", "python|web", "" },
    { "---\ncategory: web chats\n---\n", "File name", "web chats", "" },
    { "---\ncategories: []\n---\n", "File name", "", "" },
    { "---\ncategories: [a, [b, ''], c]\n---\n", "File name", "a|b|c", "" },
    { "---\ncategories: {a: [b, c]}\ntitle: T\n---\n", "T", "", "" },
    { "---\n? [a, {b: c}]\n: d\ntitle: T\n---\n", "T", "", "" },
    { "---\ntitle: One\ntitle: Two\n---\n", "Two", "", "" },
    { "---\ntitle: >\n  Folded\n  title\n\ndate: x\n---\n", "Folded title", "", "" },
    { "---\ntitle: 'It''s'\n---\n", "It's", "", "" },
    { "---\ntitle: \"\\u0416\\n\"\n---\n", "Ж", "", "" },
    { "---\ntitle: 2016\n---\n", "2016", "", "" },
    { "---\ntitle: &a T\nother: *a\n---\n", "T", "", "" },
    { "---\ntitle:\n---\n# Heading #\n", "Heading", "", "# Heading #\n" },
    { "---\ntitle: ~\n---\n```\n# no\n```\n## Yes\n", "Yes", "", "```\n# no\n```\n## Yes\n" },
    { "---\nlayout: post\n---\ntext\n\nUnderlined\n======\n", "Underlined", "", "text\n\nUnderlined\n======\n" },
    { "Only text\n", "File name", "", "Only text\n" },
    { "\xef\xbb\xbf# Marked\n", "Marked", "", "\xef\xbb\xbf# Marked\n" },
    { "#hashtag\n# C# #\n", "C#", "", "#hashtag\n# C# #\n" },
    { "", "File name", "", "" },
    { "----\ntitle: T\n----\n", "title: T", "", "----\ntitle: T\n----\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++) {
    g_autoptr (HallFrontMatter) post = hall_front_matter_read (shapes[i][0], "2016-05-23-file_name.md");
    g_autofree char            *categories = join (post->categories);

    if (post->fault != NULL)
      g_error ("%s: %s", shapes[i][0], post->fault);
    g_assert_cmpstr (post->title, ==, shapes[i][1]);
    g_assert_cmpstr (categories, ==, shapes[i][2]);
    g_assert_cmpstr (shapes[i][0] + post->body, ==, shapes[i][3]);
  }
}

static void
test_file_names (void)
{
  const char *const names[][2] = {
    { "2016-05-23-weekly-python-chat.markdown", "Weekly python chat" },
    { "/some/where/élan.md", "Élan" },
    { "2016-05-23-.md", "2016 05 23 " },
    { "notes", "Notes" },
    { ".md", ".md" },
    { "2016-05-23.md", "2016 05 23" },
  };
  g_autoptr (HallFrontMatter) nameless = hall_front_matter_read ("", NULL);

  g_assert_null (nameless->title);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (HallFrontMatter) post = hall_front_matter_read ("", names[i][0]);

    g_assert_cmpstr (post->title, ==, names[i][1]);
  }
}

static void
test_published (void)
{
  const char *const values[][2] = {
    { "false", "no" }, { "False", "no" }, { "no", "no" }, { "off", "no" },
    { "true", "yes" }, { "\"false\"", "yes" }, { "", "yes" }, { "draft", "yes" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++) {
    g_autofree char            *text = g_strdup_printf ("---\npublished: %s\n---\n", values[i][0]);
    g_autoptr (HallFrontMatter) post = hall_front_matter_read (text, NULL);

    g_assert_cmpstr (post->published ? "yes" : "no", ==, values[i][1]);
  }
}

static void
test_faults (void)
{
  const struct {
    const char *text;
    guint       line;
  } faults[] = {
    { "---\ntitle: T\n\nbody", 1 },
    { "---", 1 },
    { "---\nlayout: post\ntitle: a: b\n---\n", 3 },
    { "---\r\nlayout: post\r\ntitle: a: b\r\n---\r\n", 3 },
    { "---\ntitle: \"open\n---\n", 3 },
    { "---\ntitle: Ж🐍Ж\n\ttab: x\n---\n", 3 },
    { "---\na: 1\nb: 2\nc: \x01\n---\n", 4 },
    { "---\n- a\n- b\n---\n", 2 },
    { "---\n\njust words\n---\n", 3 },
    { "---\na: 1\n--- b\nc: 2\n---\n", 3 },
    { "---\na: [1, 2\n---\n", 3 },
    { "---\na: 1\n--- # x\nb: 2\n---\n", 3 },
    { "---\na: 1\nb: *c\nc: &c 2\n---\n", 3 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autoptr (HallFrontMatter) post = hall_front_matter_read (faults[i].text, "name.md");
    g_autoptr (GError)          error = NULL;

    g_assert_nonnull (post->fault);
    if (post->fault_line != faults[i].line)
      g_error ("%s: line %u, %s", faults[i].text, post->fault_line, post->fault);
    g_assert_nonnull (post->title);
    g_assert_nonnull (post->categories);

    g_assert_null (hall_front_matter_set (faults[i].text, "title", "x", &error));
    g_assert_error (error, HALL_FORMAT_ERROR, HALL_FORMAT_ERROR_SYNTAX);
  }
}

/* A text made to keep libyaml busy for minutes is refused at once; one that people could write is not. */
static void
test_limits (void)
{
  for (int depth = 30; depth < 5000; depth += 4000) {
    g_autoptr (GString)         text = g_string_new ("---\na: ");
    g_autoptr (HallFrontMatter) post = NULL;

    for (int i = 0; i < depth; i++)
      g_string_append (text, "[");
    for (int i = 0; i < depth; i++)
      g_string_append (text, "]");
    g_string_append (text, "\n---\n");

    post = hall_front_matter_read (text->str, NULL);
    g_assert_cmpuint (post->fault_line, ==, depth == 30 ? 0 : 2);
    if (post->fault != NULL)
      g_assert_nonnull (strstr (post->fault, "too deep"));
  }

  for (int lines = 10000; lines < 30000; lines += 10000) {
    g_autoptr (GString)         text = g_string_new ("---\n");
    g_autoptr (HallFrontMatter) post = NULL;

    for (int i = 0; i < lines; i++)
      g_string_append (text, "a: b\n");
    g_string_append (text, "---\n");

    post = hall_front_matter_read (text->str, NULL);
    g_assert_cmpuint (post->fault_line, ==, lines == 10000 ? 0 : 2);
    if (post->fault != NULL)
      g_assert_nonnull (strstr (post->fault, "64 KiB"));
  }
}

static void
assert_set (const char *before,
            const char *key,
            const char *value,
            const char *after)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *changed = hall_front_matter_set (before, key, value, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (changed, ==, after);
}

/* Each changes one line; the rest of POST is held to be the same. */
static void
test_set_one_line (void)
{
  const char *const changes[][4] = {
    { "title", "New: \"one\" \\ two",
      "title: \"Weekly chat: decorators\"   #", "title: \"New: \\\"one\\\" \\\\ two\"   #" },
    { "layout", "page", "layout: post\n", "layout: page\n" },
    { "layout", "a: b", "layout: post\n", "layout: \"a: b\"\n" },
    { "layout", "# x", "layout: post\n", "layout: \"# x\"\n" },
    { "layout", "", "layout: post\n", "layout: \n" },
    { "layout", "a\nb", "layout: post\n", "layout: \"a\\nb\"\n" },
    { "layout", "Жар-птица 🐍", "layout: post\n", "layout: Жар-птица 🐍\n" },
    { "date", "2016-05-30 09:00:00 -0700", "date: 2016-05-23 09", "date: 2016-05-30 09" },
    { "categories", "python", "categories:\n- python\n- web chats\n", "categories: python\n" },
    { "tags", "x", "tags: [a, 'b c']\n", "tags: x\n" },
    { "published", "false", "'b c']\n---", "'b c']\npublished: false\n---" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++) {
    g_autoptr (GString) after = g_string_new (POST);

    g_assert_cmpuint (g_string_replace (after, changes[i][2], changes[i][3], 0), ==, 1);
    assert_set (POST, changes[i][0], changes[i][1], after->str);
  }
}

static void
test_set_shapes (void)
{
  /* The same value: the same bytes. */
  assert_set (POST, "title", "Weekly chat: decorators", POST);
  assert_set ("---\ntitle: \"\\u0054\"\n---\n", "title", "T", "---\ntitle: \"\\u0054\"\n---\n");
  assert_set ("---\ntitle: 'a'\n---\n", "title", "it's", "---\ntitle: 'it''s'\n---\n");
  assert_set ("---\ntitle: 'a'\n---\n", "title", "x\ny", "---\ntitle: \"x\\ny\"\n---\n");
  assert_set ("---\ntitle: a\n---\n", "title", "Plain", "---\ntitle: Plain\n---\n");
  assert_set ("---\ntitle: a\n---\n", "title", "2016", "---\ntitle: \"2016\"\n---\n");
  assert_set ("---\ntitle: a\n---\n", "title", "Yes", "---\ntitle: \"Yes\"\n---\n");
  assert_set ("---\ntitle: a\n---\n", "title", "", "---\ntitle: \"\"\n---\n");
  assert_set ("---\ntitle:\n---\n", "title", "T", "---\ntitle: T\n---\n");
  assert_set ("---\ntitle:\ndate: d\n---\n", "title", "T", "---\ntitle: T\ndate: d\n---\n");
  assert_set ("---\ntitle: # none yet\n---\n", "title", "T", "---\ntitle: T # none yet\n---\n");
  assert_set ("---\ntitle: >\n  Folded\n  one\n\ndate: d\n---\n", "title", "T", "---\ntitle: T\n\ndate: d\n---\n");
  assert_set ("---\ncategories: # mine\n  - a\n  - b\n# note\ndate: d\n---\n", "categories", "c",
              "---\ncategories: c # mine\n# note\ndate: d\n---\n");
  assert_set ("---\r\ntitle: a\r\nc:\r\n- x\r\n---\r\nb\r\n", "c", "y", "---\r\ntitle: a\r\nc: y\r\n---\r\nb\r\n");
  assert_set ("---\r\ntitle: a\r\n---\r\nb", "date", "d", "---\r\ntitle: a\r\ndate: d\r\n---\r\nb");
  assert_set ("\xef\xbb\xbf---\ntitle: a\n---", "date", "d", "\xef\xbb\xbf---\ntitle: a\ndate: d\n---");
  assert_set ("---\nЖ: 🐍\ntitle: a\n---\n", "title", "b", "---\nЖ: 🐍\ntitle: b\n---\n");
  assert_set ("---\ntitle: a\ntitle: b\n---\n", "title", "c", "---\ntitle: a\ntitle: c\n---\n");
  assert_set ("---\n\xef\xbb\xbftitle: a\n---\n", "title", "b", "---\n\xef\xbb\xbftitle: b\n---\n");
  assert_set ("---\n---\n", "title", "T", "---\ntitle: \"T\"\n---\n");
  assert_set ("---\n\"title\" : a\n---\n", "title", "T", "---\n\"title\" : T\n---\n");
  assert_set ("---\n{title: a, b: c}\n---\n", "title", "T", "---\n{title: T, b: c}\n---\n");
  assert_set ("---\nnote: |\n  long\n---\n", "title", "T", "---\nnote: |\n  long\ntitle: \"T\"\n---\n");

  /* No front matter yet. */
  assert_set ("Hello\n", "title", "T", "---\ntitle: \"T\"\n---\n\nHello\n");
  assert_set ("\xef\xbb\xbfHello\n", "published", "false", "\xef\xbb\xbf---\npublished: false\n---\n\nHello\n");
  assert_set ("", "title", "T", "---\ntitle: \"T\"\n---\n\n");
}

static void
test_set_refused (void)
{
  const char *const texts[] = {
    "---\n{a: b}\n---\n",
    "---\n  a: b\n---\n",
    "---\ntitle: &a b\nother: *a\n---\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (hall_front_matter_set (texts[i], "title", "T", &error));
    g_assert_error (error, HALL_FORMAT_ERROR, HALL_FORMAT_ERROR_INVALID);
    g_assert_nonnull (strstr (error->message, "title"));
  }
}

/* Any value at all, in any style: it is read back, and the rest stays. */
static void
test_set_any (void)
{
  const char *const styles[] = { "title: x", "title: 'x'", "title: \"x\"", "title: |\n  x\n  y", "title:\n  - x", "other: x" };
  const char *const letters[] = { "a", " ", ":", "#", "'", "\"", "\\", "\n", "-", "[", "{", "}", "&", "*", "!", "|", ">",
                                  "%", "@", "`", ",", "?", "\t", "\r", "\x01", "\x7f", "\xc2\x85", "\xe2\x80\xa8",
                                  "\xef\xbb\xbf", "\xef\xbf\xbf", "Ж", "🐍", "---\n", "0", "~" };

  for (int i = 0; i < 4000; i++) {
    g_autoptr (GError)          error = NULL;
    g_autoptr (GString)         value = g_string_new (NULL);
    g_autofree char            *before = NULL;
    g_autofree char            *after = NULL;
    g_autofree char            *again = NULL;
    g_autoptr (HallFrontMatter) post = NULL;
    g_autofree char            *wanted = NULL;

    for (int n = g_test_rand_int_range (0, 8); n > 0; n--)
      g_string_append (value, letters[g_test_rand_int_range (0, G_N_ELEMENTS (letters))]);
    before = g_strdup_printf ("---\nfirst: 1\n%s\nlast: 2 # end\n---\nbody\n---\n", styles[i % G_N_ELEMENTS (styles)]);

    after = hall_front_matter_set (before, "title", value->str, &error);
    g_assert_no_error (error);
    g_assert_true (g_str_has_prefix (after, "---\nfirst: 1\n"));
    g_assert_nonnull (strstr (after, "\nlast: 2 # end\n"));
    g_assert_true (g_str_has_suffix (after, "\n---\nbody\n---\n"));

    post = hall_front_matter_read (after, NULL);
    wanted = g_strstrip (g_strdup (value->str));
    g_assert_cmpstr (post->title, ==, *wanted != '\0' ? wanted : "body");
    again = hall_front_matter_set (after, "title", value->str, &error);
    g_assert_cmpstr (again, ==, after);
  }
}

/* A real post, where the folder with it is there. */
static void
test_seed (void)
{
  const char                 *folder = g_getenv ("HALL_TEST_SEED");
  g_autofree char            *text = NULL;
  g_autofree char            *path = NULL;
  g_autofree char            *changed = NULL;
  g_autoptr (HallFrontMatter) post = NULL;
  g_autoptr (GError)          error = NULL;
  const char                 *name = "2016-05-23-weekly-python-chat-live-from-pycon.markdown";

  path = g_build_filename (folder != NULL ? folder : ".", name, NULL);
  if (!g_file_get_contents (path, &text, NULL, NULL)) {
    g_test_skip ("no seed post here");
    return;
  }

  post = hall_front_matter_read (text, name);
  g_assert_null (post->fault);
  g_assert_cmpstr (post->title, ==, "Weekly Python Chat: Live from PyCon");
  g_assert_cmpstr (post->date, ==, "2016-05-23 09:00:00 -0700");
  g_assert_cmpstr (post->categories[0], ==, "python");

  changed = hall_front_matter_set (text, "title", "Live from PyCon", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (text) - strlen (changed), ==, strlen ("Weekly Python Chat: "));
  g_assert_cmpstr (strstr (text, "\ndate: "), ==, strstr (changed, "\ndate: "));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/format/front-matter/read", test_read);
  g_test_add_func ("/format/front-matter/shapes", test_shapes);
  g_test_add_func ("/format/front-matter/file-names", test_file_names);
  g_test_add_func ("/format/front-matter/published", test_published);
  g_test_add_func ("/format/front-matter/faults", test_faults);
  g_test_add_func ("/format/front-matter/limits", test_limits);
  g_test_add_func ("/format/front-matter/set-one-line", test_set_one_line);
  g_test_add_func ("/format/front-matter/set-shapes", test_set_shapes);
  g_test_add_func ("/format/front-matter/set-refused", test_set_refused);
  g_test_add_func ("/format/front-matter/set-any", test_set_any);
  g_test_add_func ("/format/front-matter/seed", test_seed);

  return g_test_run ();
}
