/* SPDX-License-Identifier: GPL-3.0-or-later
 * Titles to slugs, any script to ASCII by ICU's transliterator. */
#include "format/hall-slug.h"

#include <string.h>

#include <unicode/ustring.h>
#include <unicode/utrans.h>

/* Of a longer title only so many bytes are looked at; what comes after could not show in the slug. */
#define LONGEST_TITLE 1000

static UTransliterator *
open_transliterator (void)
{
  UErrorCode status = U_ZERO_ERROR;
  UChar      id[32];

  u_uastrcpy (id, "Any-Latin; Latin-ASCII");
  return utrans_openU (id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
}

/* A transliterator must not work on two threads at once, and opening one takes milliseconds. */
static char *
to_ascii (const char *title)
{
  static GMutex           mutex;
  static UTransliterator *transliterator;
  UErrorCode              status = U_ZERO_ERROR;
  UChar                   wide[LONGEST_TITLE * 4];
  char                    text[LONGEST_TITLE * 12 + 1];
  int32_t                 length = 0;
  int32_t                 limit;

  u_strFromUTF8WithSub (wide, LONGEST_TITLE, &length, title, MIN (strlen (title), LONGEST_TITLE), ' ', NULL, &status);
  limit = length;

  g_mutex_lock (&mutex);
  if (transliterator == NULL)
    transliterator = open_transliterator ();
  if (transliterator != NULL)
    utrans_transUChars (transliterator, wide, &length, G_N_ELEMENTS (wide), 0, &limit, &status);
  g_mutex_unlock (&mutex);

  if (U_FAILURE (status) || length > (int32_t) G_N_ELEMENTS (wide))
    return g_strdup ("");

  u_strToUTF8WithSub (text, sizeof text, NULL, wide, length, ' ', NULL, &status);
  return g_strdup (U_SUCCESS (status) ? text : "");
}

/**
 * hall_slug_from_title:
 * @title: a title in any language
 *
 * Makes a slug: lower-case ASCII letters and digits, words joined by single hyphens, at most
 * HALL_SLUG_LONGEST long, cut between words where that leaves something. Apostrophes vanish, so that
 * "We're live" gives "were-live". A title without any letter gives "chat". Any thread.
 *
 * Returns: (transfer full): a slug for which hall_slug_is_valid() holds
 */
char *
hall_slug_from_title (const char *title)
{
  g_autofree char    *ascii = NULL;
  g_autoptr (GString) slug = NULL;

  g_return_val_if_fail (title != NULL, NULL);

  ascii = to_ascii (title);
  slug = g_string_new (NULL);
  for (const char *p = ascii; *p != '\0'; p++) {
    if (g_ascii_isalnum (*p))
      g_string_append_c (slug, g_ascii_tolower (*p));
    else if (*p != '\'' && slug->len > 0 && slug->str[slug->len - 1] != '-')
      g_string_append_c (slug, '-');
  }

  if (slug->len > HALL_SLUG_LONGEST) {
    gboolean    between_words = slug->str[HALL_SLUG_LONGEST] == '-';
    const char *hyphen;

    g_string_truncate (slug, HALL_SLUG_LONGEST);
    hyphen = strrchr (slug->str, '-');
    if (!between_words && hyphen != NULL)
      g_string_truncate (slug, hyphen - slug->str);
  }
  if (g_str_has_suffix (slug->str, "-"))
    g_string_truncate (slug, slug->len - 1);

  return g_strdup (slug->len > 0 ? slug->str : "chat");
}

/**
 * hall_slug_is_valid:
 * @slug: (nullable): a text
 *
 * Returns: whether it has 1 to HALL_SLUG_LONGEST lower-case ASCII letters, digits and hyphens, with no hyphen
 *   at either end
 */
gboolean
hall_slug_is_valid (const char *slug)
{
  gsize length;

  if (slug == NULL)
    return FALSE;

  length = strlen (slug);
  return length > 0 && length <= HALL_SLUG_LONGEST &&
         strspn (slug, "abcdefghijklmnopqrstuvwxyz0123456789-") == length &&
         slug[0] != '-' && slug[length - 1] != '-';
}
