/* SPDX-License-Identifier: GPL-3.0-or-later
 * Drawing tokens and finding whose one is. */
#include "server/hall-tokens.h"

#include <string.h>

/* So that a token that got somewhere it should not be is known for what it is. */
#define PREFIX "hallway_"

#define TOKEN_BYTES 32
#define LONGEST_NAME 200

static char *
hash (const char *token)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
}

/* Takes as long for hashes that differ at the first digit as for those that differ at the last. */
static gboolean
is_same_hash (const char *a,
              const char *b)
{
  guint  differences = 0;
  gsize  length = strlen (a);

  if (strlen (b) != length)
    return FALSE;

  for (gsize i = 0; i < length; i++)
    differences |= (guchar) a[i] ^ (guchar) b[i];

  return differences == 0;
}

/* RFC 6750, 2.1 */
static const char *
find_bearer (const HallRequest *request)
{
  const char *header = hall_headers_get (request->headers, "Authorization");

  if (header == NULL || g_ascii_strncasecmp (header, "Bearer ", 7) != 0)
    return NULL;

  header += 7;
  while (*header == ' ')
    header++;

  return header;
}

/**
 * hall_tokens_check_name:
 * @name: what somebody wants to call a token
 * @error: HALL_STORE_ERROR_FAILED when it cannot be called so
 *
 * Returns: whether @name is one line of at most 200 characters
 */
gboolean
hall_tokens_check_name (const char  *name,
                        GError     **error)
{
  gboolean is_good;

  g_return_val_if_fail (name != NULL, FALSE);

  is_good = g_utf8_validate (name, -1, NULL) && *name != '\0' && g_utf8_strlen (name, -1) <= LONGEST_NAME;
  for (const char *p = name; is_good && *p != '\0'; p = g_utf8_next_char (p))
    is_good = !g_unichar_iscntrl (g_utf8_get_char (p));

  if (!is_good)
    g_set_error_literal (error, HALL_STORE_ERROR, HALL_STORE_ERROR_FAILED,
                         "A token's name is one line of at most 200 characters");

  return is_good;
}

/**
 * hall_tokens_add:
 * @db: the desk's database, in a transaction
 * @random: where the random bits come from
 * @now: microseconds since 1970 in UTC
 * @name: what to call it, one line
 * @scope: what it may do, a known scope
 * @error: HALL_STORE_ERROR: EXISTS when there is one of that name, FAILED when the name cannot be one
 *
 * Draws a token of 256 random bits. Only its SHA-256 is kept: with that many bits there
 * is nothing to guess, so no slower hash is needed.
 *
 * Returns: (transfer full): the token, to be shown once; NULL with @error set
 */
char *
hall_tokens_add (HallDatabase      *db,
                 const HallRandom  *random,
                 gint64             now,
                 const char        *name,
                 const char        *scope,
                 GError           **error)
{
  g_autofree char *letters = NULL;
  g_autofree char *token = NULL;
  g_autofree char *hashed = NULL;
  guint8           bytes[TOKEN_BYTES];
  gint64           n;

  g_return_val_if_fail (db != NULL && random != NULL && name != NULL && scope != NULL, NULL);

  if (!hall_tokens_check_name (name, error))
    return NULL;

  n = hall_database_get_int (db, error, "SELECT count(*) FROM tokens WHERE name = ?", "t", name);
  if (n < 0)
    return NULL;
  if (n > 0) {
    g_set_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_EXISTS, "There is a token called “%s” already", name);
    return NULL;
  }

  random->fill (bytes, sizeof bytes, random->data);
  letters = g_base64_encode (bytes, sizeof bytes);
  g_strdelimit (letters, "+", '-');
  g_strdelimit (letters, "/", '_');
  letters[strcspn (letters, "=")] = '\0';
  token = g_strconcat (PREFIX, letters, NULL);
  hashed = hash (token);

  if (!hall_database_run (db, error, "INSERT INTO tokens (name, hash, scopes, made_at) VALUES (?, ?, ?, ?)", "ttti",
                          name, hashed, scope, now))
    return NULL;

  return g_steal_pointer (&token);
}

/**
 * hall_tokens_revoke:
 * @db: the desk's database, in a transaction
 * @name: what a token is called
 * @error: HALL_STORE_ERROR: NOT_FOUND when there is none of that name
 *
 * Forgets a token, and the answers kept for it. Who bears it is a stranger from the next request on.
 *
 * Returns: whether it is gone
 */
gboolean
hall_tokens_revoke (HallDatabase  *db,
                    const char    *name,
                    GError       **error)
{
  gint64 n;

  g_return_val_if_fail (db != NULL && name != NULL, FALSE);

  n = hall_database_get_int (db, error, "SELECT count(*) FROM tokens WHERE name = ?", "t", name);
  if (n < 0)
    return FALSE;
  if (n == 0) {
    g_set_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND, "There is no token called “%s”", name);
    return FALSE;
  }

  return hall_database_run (db, error, "DELETE FROM tokens WHERE name = ?", "t", name);
}

static HallToken *
read_token (HallStatement *query)
{
  HallToken *token = g_new0 (HallToken, 1);

  token->number = hall_statement_get_int (query, 0);
  token->name = g_strdup (hall_statement_get_text (query, 1));
  token->scopes = g_strdup (hall_statement_get_text (query, 2));
  token->made_at = hall_statement_get_int (query, 3);

  return token;
}

/**
 * hall_tokens_list:
 * @db: the desk's database
 * @error: HALL_STORE_ERROR
 *
 * Returns: (transfer full) (element-type HallToken): the tokens there are, in the order they were made; NULL with
 *   @error set
 */
GPtrArray *
hall_tokens_list (HallDatabase  *db,
                  GError       **error)
{
  g_autoptr (GPtrArray)     tokens = g_ptr_array_new_with_free_func ((GDestroyNotify) hall_token_free);
  g_autoptr (HallStatement) query = NULL;
  gboolean                  found = TRUE;

  g_return_val_if_fail (db != NULL, NULL);

  query = hall_database_prepare (db, "SELECT number, name, scopes, made_at FROM tokens ORDER BY number", error);
  if (query == NULL)
    return NULL;

  while (found) {
    if (!hall_statement_step (query, &found, error))
      return NULL;
    if (found)
      g_ptr_array_add (tokens, read_token (query));
  }

  return g_steal_pointer (&tokens);
}

/**
 * hall_tokens_find:
 * @visit: the request being answered
 * @token: (out) (transfer full) (nullable): the token it bears; NULL when it bears none that is known
 * @error: HALL_STORE_ERROR
 *
 * Returns: whether it could be looked for
 */
gboolean
hall_tokens_find (const HallVisit  *visit,
                  HallToken       **token,
                  GError          **error)
{
  g_autoptr (HallStatement) query = NULL;
  g_autoptr (HallToken)     found = NULL;
  g_autofree char          *hashed = NULL;
  const char               *bearer;
  gboolean                  has_row = TRUE;

  g_return_val_if_fail (visit != NULL && token != NULL, FALSE);

  *token = NULL;
  bearer = find_bearer (visit->request);
  if (bearer == NULL)
    return TRUE;

  hashed = hash (bearer);
  query = hall_database_prepare (visit->db, "SELECT number, name, scopes, made_at, hash FROM tokens", error);
  if (query == NULL)
    return FALSE;

  /* All of them, even after the right one: there are a handful, and time tells nothing. */
  while (has_row) {
    if (!hall_statement_step (query, &has_row, error))
      return FALSE;
    if (has_row && is_same_hash (hall_statement_get_text (query, 4), hashed)) {
      hall_token_free (found);
      found = read_token (query);
    }
  }

  *token = g_steal_pointer (&found);
  return TRUE;
}

/**
 * hall_token_free:
 * @token: (transfer full) (nullable): a token
 */
void
hall_token_free (HallToken *token)
{
  if (token == NULL)
    return;

  g_free (token->name);
  g_free (token->scopes);
  g_free (token);
}
