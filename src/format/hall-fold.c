/* SPDX-License-Identifier: GPL-3.0-or-later
 * Folding by ICU's normal forms, and a table for letters that no normal form takes apart. */
#include "format/hall-fold.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

/* ICU counts in 32 bits. What stands after this many bytes is not folded in. */
#define LONGEST (16 * 1024 * 1024)

typedef struct {
  UChar32     letter;
  const char *plain;
} Plain;

/* Sorted. Lower case only: NFKC_Casefold has been over it before. */
static const Plain plains[] = {
  { 0x00e6, "ae" }, /* æ */
  { 0x00f0, "d" },  /* ð */
  { 0x00f8, "o" },  /* ø */
  { 0x00fe, "th" }, /* þ */
  { 0x0111, "d" },  /* đ */
  { 0x0127, "h" },  /* ħ */
  { 0x0131, "i" },  /* ı */
  { 0x0138, "k" },  /* ĸ */
  { 0x0142, "l" },  /* ł */
  { 0x014b, "n" },  /* ŋ */
  { 0x0153, "oe" }, /* œ */
  { 0x0167, "t" },  /* ŧ */
  { 0x0180, "b" },  /* ƀ */
  { 0x0192, "f" },  /* ƒ */
  { 0x0199, "k" },  /* ƙ */
  { 0x01b4, "y" },  /* ƴ */
  { 0x0253, "b" },  /* ɓ */
  { 0x0254, "o" },  /* ɔ */
  { 0x0256, "d" },  /* ɖ */
  { 0x0257, "d" },  /* ɗ */
  { 0x025b, "e" },  /* ɛ */
  { 0x0268, "i" },  /* ɨ */
  { 0x0272, "n" },  /* ɲ */
  { 0x0289, "u" },  /* ʉ */
  { 0x02bb, "'" },  /* ʻ */
  { 0x02bc, "'" },  /* ʼ */
  { 0x2010, "-" },  /* ‐ */
  { 0x2018, "'" },  /* ‘ */
  { 0x2019, "'" },  /* ’ */
};

static int
compare_letters (const void *key,
                 const void *plain)
{
  UChar32 a = *(const UChar32 *) key;
  UChar32 b = ((const Plain *) plain)->letter;

  return (a > b) - (a < b);
}

/* Accents as Latin, Greek and Cyrillic letters bear them, points of Hebrew and Arabic. Marks that make another
 * letter are kept: vowel signs of Indic scripts, and the voicing marks of kana (in Inherited, too). */
static gboolean
is_accent (UChar32 c)
{
  UErrorCode  status = U_ZERO_ERROR;
  UScriptCode script;

  if (c < 0x0300 || u_charType (c) != U_NON_SPACING_MARK || c == 0x3099 || c == 0x309a)
    return FALSE;

  script = uscript_getScript (c, &status);
  return script == USCRIPT_INHERITED || script == USCRIPT_CYRILLIC || script == USCRIPT_GREEK ||
         script == USCRIPT_HEBREW || script == USCRIPT_ARABIC;
}

static UChar *
to_utf16 (const char *text,
          int32_t    *length)
{
  UErrorCode status = U_ZERO_ERROR;
  gsize      bytes = MIN (strlen (text), LONGEST);
  UChar     *wide = g_new (UChar, bytes + 1);

  /* UTF-16 never has more units than UTF-8 has bytes; bad bytes and a letter cut in two become U+FFFD. */
  u_strFromUTF8WithSub (wide, bytes + 1, length, text, bytes, 0xfffd, NULL, &status);
  g_assert (U_SUCCESS (status));

  return wide;
}

static char *
to_utf8 (const UChar *wide,
         int32_t      length)
{
  UErrorCode status = U_ZERO_ERROR;
  gsize      room = (gsize) length * 3 + 1;
  char      *text = g_malloc (room);

  u_strToUTF8WithSub (text, room, NULL, wide, length, 0xfffd, NULL, &status);
  g_assert (U_SUCCESS (status));

  return text;
}

/* Takes @wide and gives it back in the normal form. */
static UChar *
normalise (const UNormalizer2 *form,
           UChar              *wide,
           int32_t            *length)
{
  g_autofree UChar *from = wide;
  UChar            *to;
  int32_t           room = *length + *length / 2 + 16;
  int32_t           n;
  UErrorCode        status = U_ZERO_ERROR;

  to = g_new (UChar, room);
  n = unorm2_normalize (form, from, *length, to, room, &status);
  if (status == U_BUFFER_OVERFLOW_ERROR) {
    status = U_ZERO_ERROR;
    room = n;
    to = g_renew (UChar, to, room);
    n = unorm2_normalize (form, from, *length, to, room, &status);
  }
  g_assert (U_SUCCESS (status));

  *length = n;
  return to;
}

/* Takes decomposed letters; no replacement is longer than two. */
static UChar *
strip (const UChar *wide,
       int32_t     *length)
{
  UChar  *to = g_new (UChar, (gsize) *length * 2 + 1);
  int32_t n = 0;

  for (int32_t i = 0; i < *length;) {
    const Plain *plain;
    UChar32      c;

    U16_NEXT (wide, i, *length, c);
    if (is_accent (c))
      continue;

    plain = c < plains[0].letter ? NULL : bsearch (&c, plains, G_N_ELEMENTS (plains), sizeof (Plain), compare_letters);
    if (plain == NULL)
      U16_APPEND_UNSAFE (to, n, c);
    for (const char *p = plain != NULL ? plain->plain : ""; *p != '\0'; p++)
      to[n++] = *p;
  }

  *length = n;
  return to;
}

/**
 * hall_fold:
 * @text: any text; bytes that are not UTF-8 count as U+FFFD
 *
 * Gives the form in which two texts are compared when somebody searches: case and accents gone, "ß" as "ss",
 * "ł" as "l", "ı" as "i", full-width and other compatibility forms as plain ones (Unicode's NFKC_Casefold),
 * curly apostrophes straight. Letters of other scripts stay in theirs. Folding again changes nothing.
 * Any thread.
 *
 * Returns: (transfer full): the folded text, valid UTF-8 in normal form C
 */
char *
hall_fold (const char *text)
{
  UErrorCode          status = U_ZERO_ERROR;
  const UNormalizer2 *casefold;
  const UNormalizer2 *decompose;
  const UNormalizer2 *compose;
  g_autofree UChar   *whole = NULL;
  g_autofree UChar   *stripped = NULL;
  int32_t             length = 0;

  g_return_val_if_fail (text != NULL, NULL);

  if (g_str_is_ascii (text))
    return g_ascii_strdown (text, -1);

  /* These belong to ICU, which makes each once, whatever thread asks first. */
  casefold = unorm2_getNFKCCasefoldInstance (&status);
  decompose = unorm2_getNFDInstance (&status);
  compose = unorm2_getNFCInstance (&status);
  g_assert (U_SUCCESS (status));

  whole = to_utf16 (text, &length);
  whole = normalise (casefold, g_steal_pointer (&whole), &length);
  whole = normalise (decompose, g_steal_pointer (&whole), &length);
  stripped = strip (whole, &length);
  stripped = normalise (compose, g_steal_pointer (&stripped), &length);

  return to_utf8 (stripped, length);
}
