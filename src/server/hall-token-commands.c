/* SPDX-License-Identifier: GPL-3.0-or-later
 * Words with tabs between them in; out comes a line "ok" or "no", and then what there is to say: the token, the
 * tokens there are, or why not. A name has no tabs or line ends: it would not be taken. */
#include "server/hall-token-commands.h"

#include "server/hall-tokens.h"

#include <string.h>

static gboolean
add (HallDesk      *desk,
     HallDatabase  *db,
     const char    *scope,
     const char    *name,
     GString       *says,
     GError       **error)
{
  g_autofree char *token = hall_desk_add_token_for (desk, db, name, scope, error);

  if (token != NULL)
    g_string_append_printf (says, "%s\n", token);

  return token != NULL;
}

/* Name, scope, and when it was made. */
static gboolean
list (HallDatabase  *db,
      GString       *says,
      GError       **error)
{
  g_autoptr (GPtrArray) tokens = hall_tokens_list (db, error);

  if (tokens == NULL)
    return FALSE;

  for (guint i = 0; i < tokens->len; i++) {
    const HallToken *token = g_ptr_array_index (tokens, i);

    g_string_append_printf (says, "%s\t%s\t%" G_GINT64_FORMAT "\n", token->name, token->scopes, token->made_at);
  }

  return TRUE;
}

static gboolean
obey (HallDesk      *desk,
      HallDatabase  *db,
      const char    *line,
      GString       *says,
      GError       **error)
{
  g_auto (GStrv) words = g_strsplit (line, "\t", -1);
  guint          n = g_strv_length (words);

  if (n == 3 && strcmp (words[0], "add") == 0)
    return add (desk, db, words[1], words[2], says, error);
  if (n == 1 && strcmp (words[0], "list") == 0)
    return list (db, says, error);
  if (n == 2 && strcmp (words[0], "revoke") == 0)
    return hall_desk_revoke_token (desk, db, words[1], error);

  g_set_error_literal (error, HALL_STORE_ERROR, HALL_STORE_ERROR_FAILED, "There is no such command");
  return FALSE;
}

/**
 * hall_token_commands_add:
 * @name: what to call a new token, checked with hall_tokens_check_name()
 * @scope: what it may do
 *
 * Returns: (transfer full): the command that makes it
 */
char *
hall_token_commands_add (const char *name,
                         const char *scope)
{
  g_return_val_if_fail (name != NULL && scope != NULL, NULL);

  return g_strjoin ("\t", "add", scope, name, NULL);
}

/**
 * hall_token_commands_list:
 *
 * Returns: (transfer full): the command that tells which tokens there are
 */
char *
hall_token_commands_list (void)
{
  return g_strdup ("list");
}

/**
 * hall_token_commands_revoke:
 * @name: what a token is called, checked with hall_tokens_check_name()
 *
 * Returns: (transfer full): the command after which it is good for nothing
 */
char *
hall_token_commands_revoke (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  return g_strjoin ("\t", "revoke", name, NULL);
}

/**
 * hall_token_commands_obey:
 * @desk: a desk
 * @db: its database, outside of any transaction
 * @line: a command, or what somebody takes for one
 *
 * Does what it says, in a transaction of its own.
 *
 * Returns: (transfer full): the answer; what it says has been done is on the disk
 */
char *
hall_token_commands_obey (HallDesk     *desk,
                          HallDatabase *db,
                          const char   *line)
{
  g_autoptr (GString) says = g_string_new ("ok\n");
  g_autoptr (GError)  error = NULL;

  g_return_val_if_fail (desk != NULL && db != NULL && line != NULL, NULL);

  if (hall_database_begin (db, &error)) {
    if (!obey (desk, db, line, says, &error))
      hall_database_rollback (db);
    else if (hall_database_commit (db, &error))
      return g_string_free_and_steal (g_steal_pointer (&says));
  }

  return g_strdup_printf ("no\n%s\n", error->message);
}
