/* SPDX-License-Identifier: GPL-3.0-or-later
 * Scopes, held against what is asked. */
#include "server/hall-scopes.h"

#include "format/hall-json.h"
#include "model/hall-attendee.h"

#include <string.h>

static const char *const known[] = { "host", "check-in", "read", NULL };

/* What somebody at the door may change of an attendee. */
static const char *const at_the_door[] = { "status", "attended", NULL };

static gboolean
has (const HallToken *token,
     const char      *scope)
{
  g_auto (GStrv) scopes = g_strsplit (token->scopes, " ", -1);

  return g_strv_contains ((const char *const *) scopes, scope);
}

/* What cannot be read has no members that may not be changed; it is refused for what it is. */
static gboolean
is_check_in (const HallRequest *request)
{
  g_autoptr (yyjson_doc) doc = NULL;
  gsize                  length = 0;
  const char            *body = request->body != NULL ? g_bytes_get_data (request->body, &length) : NULL;
  yyjson_obj_iter        iter;
  yyjson_val            *name;

  doc = body != NULL ? hall_json_read (body, length, NULL) : NULL;
  iter = yyjson_obj_iter_with (yyjson_doc_get_root (doc));
  while ((name = yyjson_obj_iter_next (&iter)) != NULL)
    if (!g_strv_contains (at_the_door, yyjson_get_str (name)))
      return FALSE;

  return TRUE;
}

/**
 * hall_scopes_is_known:
 * @scope: a word
 *
 * Returns: whether a token can have it
 */
gboolean
hall_scopes_is_known (const char *scope)
{
  g_return_val_if_fail (scope != NULL, FALSE);

  return g_strv_contains (known, scope);
}

/**
 * hall_scopes_may_read:
 * @token: a token
 *
 * Returns: whether it may see everything, which each known scope allows
 */
gboolean
hall_scopes_may_read (const HallToken *token)
{
  g_return_val_if_fail (token != NULL, FALSE);

  for (guint i = 0; known[i] != NULL; i++)
    if (has (token, known[i]))
      return TRUE;

  return FALSE;
}

/**
 * hall_scopes_may_write:
 * @token: a token
 * @request: a write
 * @kind: (nullable): the kind of the row it concerns; NULL for what is no row
 *
 * Returns: whether it may do that
 */
gboolean
hall_scopes_may_write (const HallToken   *token,
                       const HallRequest *request,
                       const HallKind    *kind)
{
  g_return_val_if_fail (token != NULL && request != NULL, FALSE);

  if (has (token, "host"))
    return TRUE;

  return has (token, "check-in") && kind == &hall_attendee_kind && strcmp (request->method, "PATCH") == 0 &&
         is_check_in (request);
}
