/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the strict JSON reader takes and what it refuses. */
#include "format/hall-json.h"

#include <string.h>

static void
assert_refused (const char *text,
                gssize      length,
                int         code,
                const char *part)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (yyjson_doc) doc = hall_json_read (text, length, &error);

  g_assert_null (doc);
  g_assert_error (error, HALL_FORMAT_ERROR, code);
  if (part != NULL && strstr (error->message, part) == NULL)
    g_error ("“%s” does not say “%s”", error->message, part);
}

static void
assert_taken (const char *text)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (yyjson_doc) doc = hall_json_read (text, -1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (doc);
}

static void
test_depth (void)
{
  assert_taken ("[[[[[[[[1]]]]]]]]");
  assert_taken ("{\"a\":\"[[[[[[[[[[\\\"[[[[[[\"}");
  assert_taken ("[{},{},{},{},{},{},{},{},{},{}]");
  assert_refused ("[[[[[[[[[1]]]]]]]]]", -1, HALL_FORMAT_ERROR_SYNTAX, "deeper than 8");
  assert_refused ("{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":\n{}}}}}}}}}", -1,
                  HALL_FORMAT_ERROR_SYNTAX, "Line 2");
}

static void
test_twice (void)
{
  g_autoptr (GString) many = g_string_new ("{");

  assert_taken ("[{\"a\":1},{\"a\":2}]");
  assert_refused ("{\"a\":1,\"b\":2,\"a\":3}", -1, HALL_FORMAT_ERROR_SYNTAX, "“a”");
  assert_refused ("{\"a\":1,\"\\u0061\":3}", -1, HALL_FORMAT_ERROR_SYNTAX, "“a”");
  assert_refused ("[{\"x\":{\"k\":1,\"k\":1}}]", -1, HALL_FORMAT_ERROR_SYNTAX, "“k”");

  for (int i = 0; i < 40; i++)
    g_string_append_printf (many, "\"m%d\":0,", i);
  g_string_append (many, "\"m7\":0}");
  assert_refused (many->str, -1, HALL_FORMAT_ERROR_SYNTAX, "“m7”");
}

static void
test_bytes (void)
{
  assert_refused ("\"a\0b\"", 5, HALL_FORMAT_ERROR_NOT_TEXT, NULL);
  assert_refused ("[\"a\\u0000b\"]", -1, HALL_FORMAT_ERROR_NOT_TEXT, "NUL");
  assert_refused ("{\"a\\u0000b\":1}", -1, HALL_FORMAT_ERROR_NOT_TEXT, "NUL");
  assert_refused ("\"\xff\"", -1, HALL_FORMAT_ERROR_NOT_TEXT, NULL);
  assert_refused ("\"\xed\xa0\x80\"", -1, HALL_FORMAT_ERROR_NOT_TEXT, NULL);
  assert_refused ("\"\\ud800\"", -1, HALL_FORMAT_ERROR_SYNTAX, NULL);
  assert_refused ("\"\\udc00x\"", -1, HALL_FORMAT_ERROR_SYNTAX, NULL);
  assert_refused ("\xef\xbb\xbf{}", -1, HALL_FORMAT_ERROR_SYNTAX, NULL);
  assert_taken ("\"\\ud83d\\udc0d\"");
}

static void
test_syntax (void)
{
  assert_refused ("", 0, HALL_FORMAT_ERROR_SYNTAX, NULL);
  assert_refused (NULL, 0, HALL_FORMAT_ERROR_SYNTAX, NULL);
  assert_refused ("<!DOCTYPE html>", -1, HALL_FORMAT_ERROR_SYNTAX, "Line 1");
  assert_refused ("{\n\"a\":1,\n\"b\":", -1, HALL_FORMAT_ERROR_SYNTAX, "Line 3");
  assert_refused ("{} {}", -1, HALL_FORMAT_ERROR_SYNTAX, NULL);
  assert_refused ("[1,]", -1, HALL_FORMAT_ERROR_SYNTAX, NULL);
  assert_refused ("[NaN]", -1, HALL_FORMAT_ERROR_SYNTAX, NULL);
  assert_refused ("[1e999]", -1, HALL_FORMAT_ERROR_SYNTAX, NULL);
  assert_refused ("/**/1", -1, HALL_FORMAT_ERROR_SYNTAX, NULL);
}

static void
test_size (void)
{
  gsize            length = HALL_JSON_LARGEST + 1;
  g_autofree char *large = g_malloc (length);

  memset (large, ' ', length);
  large[0] = '1';
  assert_refused (large, length, HALL_FORMAT_ERROR_SYNTAX, "64 MiB");
}

static void
test_length (void)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (yyjson_doc) doc = hall_json_read ("[1]garbage", 3, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (yyjson_arr_size (yyjson_doc_get_root (doc)), ==, 1);
}

static void
test_write (void)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  g_autofree char           *text = NULL;
  yyjson_mut_val            *root = yyjson_mut_obj (doc);

  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_str (doc, root, "b", "Ł/\"\n");
  yyjson_mut_obj_add_int (doc, root, "a", 2);
  text = hall_json_write (doc);
  g_assert_cmpstr (text, ==, "{\"b\":\"Ł/\\\"\\n\",\"a\":2}");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/format/json/depth", test_depth);
  g_test_add_func ("/format/json/twice", test_twice);
  g_test_add_func ("/format/json/bytes", test_bytes);
  g_test_add_func ("/format/json/syntax", test_syntax);
  g_test_add_func ("/format/json/size", test_size);
  g_test_add_func ("/format/json/length", test_length);
  g_test_add_func ("/format/json/write", test_write);

  return g_test_run ();
}
