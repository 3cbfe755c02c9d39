/* SPDX-License-Identifier: GPL-3.0-or-later
 * Checking and normalising mail addresses. */
#include "model/hall-address.h"

#include <string.h>

/* RFC 5321, 4.5.3.1: the longest path without its angle brackets */
#define LONGEST 254

/* Letters nobody sees, such as a zero-width space, would make two addresses that look the same. */
static gboolean
is_address_character (gunichar c)
{
  if (c < 128)
    return g_ascii_isgraph (c) && strchr ("@,;:<>()[]\\\"", c) == NULL;

  return g_unichar_isgraph (c) && g_unichar_type (c) != G_UNICODE_FORMAT;
}

static gboolean
is_domain (const char *domain)
{
  g_autofree char *ascii = g_hostname_to_ascii (domain);
  g_auto (GStrv)   labels = NULL;

  if (ascii == NULL)
    return FALSE;

  labels = g_strsplit (ascii, ".", -1);
  for (guint i = 0; labels[i] != NULL; i++) {
    gsize length = strlen (labels[i]);

    if (length == 0 || length > 63 || labels[i][0] == '-' || labels[i][length - 1] == '-')
      return FALSE;
    for (const char *p = labels[i]; *p != '\0'; p++)
      if (!g_ascii_isalnum (*p) && *p != '-')
        return FALSE;
  }

  return g_strv_length (labels) >= 2;
}

/**
 * hall_address_is_valid:
 * @address: (nullable): what somebody typed, blanks at its ends allowed
 *
 * As browsers do for an e-mail field, and a little wider (letters beyond ASCII pass): something, one "@",
 * and a domain of at least two labels (RFC 1123, 2.1; RFC 5891). Quoted local parts (RFC 5321) are refused:
 * nobody signs up with one, and they could smuggle a second address into a mail's header.
 *
 * Returns: whether it can be a mail address
 */
gboolean
hall_address_is_valid (const char *address)
{
  g_autofree char *trimmed = NULL;
  const char      *at;

  if (address == NULL || !g_utf8_validate (address, -1, NULL))
    return FALSE;

  trimmed = g_strstrip (g_strdup (address));
  at = strchr (trimmed, '@');
  if (at == NULL || at == trimmed || strlen (trimmed) > LONGEST)
    return FALSE;

  for (const char *p = trimmed; *p != '\0'; p = g_utf8_next_char (p))
    if (p != at && !is_address_character (g_utf8_get_char (p)))
      return FALSE;

  return is_domain (at + 1);
}

/* Not g_utf8_strdown(), which makes another key of "IDA" where the language is Turkish. */
static char *
lower (const char *text)
{
  g_autofree char *composed = g_utf8_normalize (text, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  GString         *to = g_string_new (NULL);

  for (const char *p = composed; *p != '\0'; p = g_utf8_next_char (p))
    g_string_append_unichar (to, g_unichar_tolower (g_utf8_get_char (p)));

  return g_string_free (to, FALSE);
}

/**
 * hall_address_normalise:
 * @address: a mail address as somebody typed it
 *
 * The form by which sign-ups are told apart: blanks at the ends gone, lower case throughout whatever the
 * language, letters in normal form C, the domain in ASCII (RFC 5891). Dots and plus-tags are kept: to some
 * services they mean another mailbox. What is too long for an address only loses its blanks: it may come from the
 * network, and all else takes time by the square of its length. Any thread.
 *
 * Returns: (transfer full): the normalised address
 */
char *
hall_address_normalise (const char *address)
{
  g_autofree char *trimmed = NULL;
  g_autofree char *key = NULL;
  g_autofree char *domain = NULL;
  char            *at;

  g_return_val_if_fail (address != NULL, NULL);

  trimmed = g_strstrip (g_utf8_make_valid (address, -1));
  if (strlen (trimmed) > LONGEST)
    return g_steal_pointer (&trimmed);

  key = lower (trimmed);
  at = strrchr (key, '@');
  if (at == NULL)
    return g_steal_pointer (&key);

  domain = g_hostname_to_ascii (at + 1);
  if (domain == NULL)
    return g_steal_pointer (&key);

  *at = '\0';
  return g_strconcat (key, "@", domain, NULL);
}
