/* SPDX-License-Identifier: GPL-3.0-or-later
 * Checking and normalising mail addresses. */
#include "model/hall-address.h"

#include <string.h>

/* RFC 5321, 4.5.3.1: the longest path without its angle brackets */
#define LONGEST 254

static gboolean
is_address_character (gunichar c)
{
  return !g_unichar_isspace (c) && !g_unichar_iscntrl (c) && c != '@' && c != ',' && c != ';' &&
         c != '<' && c != '>' && c != '"';
}

/**
 * hall_address_is_valid:
 * @address: (nullable): what somebody typed, blanks at its ends allowed
 *
 * As browsers do for an e-mail field, and a little wider (non-ASCII letters pass): something, one "@",
 * and a domain with at least one dot between other letters. Quoted local parts (RFC 5321) are refused:
 * nobody signs up with one, and they could smuggle a second address into a mail's header.
 *
 * Returns: whether it can be a mail address
 */
gboolean
hall_address_is_valid (const char *address)
{
  g_autofree char *trimmed = NULL;
  const char      *at;
  const char      *domain;

  if (address == NULL || !g_utf8_validate (address, -1, NULL))
    return FALSE;

  trimmed = g_strstrip (g_strdup (address));
  at = strchr (trimmed, '@');
  if (at == NULL || at == trimmed || strlen (trimmed) > LONGEST)
    return FALSE;

  domain = at + 1;
  for (const char *p = trimmed; *p != '\0'; p = g_utf8_next_char (p))
    if (p != at && !is_address_character (g_utf8_get_char (p)))
      return FALSE;

  return strchr (domain, '.') != NULL && domain[0] != '.' && !g_str_has_suffix (domain, ".") &&
         strstr (domain, "..") == NULL;
}

/**
 * hall_address_normalise:
 * @address: a mail address as somebody typed it
 *
 * The form by which sign-ups are told apart: blanks at the ends gone, lower case throughout, the domain
 * in ASCII (RFC 5891). Dots and plus-tags are kept: to some services they mean another mailbox.
 *
 * Returns: (transfer full): the normalised address
 */
char *
hall_address_normalise (const char *address)
{
  g_autofree char *trimmed = NULL;
  g_autofree char *lower = NULL;
  g_autofree char *domain = NULL;
  char            *at;

  g_return_val_if_fail (address != NULL, NULL);

  trimmed = g_strstrip (g_utf8_make_valid (address, -1));
  lower = g_utf8_strdown (trimmed, -1);
  at = strrchr (lower, '@');
  if (at == NULL)
    return g_steal_pointer (&lower);

  domain = g_hostname_to_ascii (at + 1);
  if (domain == NULL)
    return g_steal_pointer (&lower);

  *at = '\0';
  return g_strconcat (lower, "@", domain, NULL);
}
