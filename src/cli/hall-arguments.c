/* SPDX-License-Identifier: GPL-3.0-or-later
 * "--option VALUE", "--option=VALUE", "--flag", and "--" before words that begin with a hyphen. */
#include "cli/hall-arguments.h"

#include <glib/gi18n.h>
#include <string.h>

struct _HallArguments {
  GHashTable *values; /* option → GPtrArray of its words, NULL-terminated; a flag has an empty one */
  GPtrArray  *words;  /* NULL-terminated */
};

G_GNUC_PRINTF (2, 3)
static gboolean
blame (char       **fault,
       const char  *sentence,
       ...)
{
  va_list arguments;

  va_start (arguments, sentence);
  *fault = g_strdup_vprintf (sentence, arguments);
  va_end (arguments);

  return FALSE;
}

static const HallOption *
find_option (const HallOption *options,
             const char       *name)
{
  for (const HallOption *option = options; option->name != NULL; option++)
    if (strcmp (option->name, name) == 0)
      return option;

  return NULL;
}

static gboolean
is_number (const char *word)
{
  return g_ascii_string_to_signed (word, 10, 0, G_MAXINT32, NULL, NULL);
}

static void
add_value (HallArguments *self,
           const char    *name,
           const char    *value)
{
  GPtrArray *values = g_hash_table_lookup (self->values, name);

  if (values == NULL) {
    values = g_ptr_array_new_null_terminated (1, g_free, TRUE);
    g_hash_table_insert (self->values, g_strdup (name), values);
  }
  g_ptr_array_add (values, g_strdup (value));
}

/* *words stands at the option, and afterwards at the last word that belongs to it. */
static gboolean
take_option (HallArguments       *self,
             const HallOption    *options,
             const char *const  **words,
             char               **fault)
{
  const char       *text = **words + 2;
  const char       *equals = strchr (text, '=');
  g_autofree char  *name = equals != NULL ? g_strndup (text, equals - text) : g_strdup (text);
  const char       *value = equals != NULL ? equals + 1 : NULL;
  const HallOption *option = find_option (options, name);
  gboolean          takes_word;

  if (option == NULL)
    return blame (fault, _("There is no option --%s here."), name);
  if ((option->flags & HALL_OPTION_MANY) == 0 && g_hash_table_contains (self->values, name))
    return blame (fault, _("The option --%s stands here twice."), name);

  takes_word = (option->flags & (HALL_OPTION_VALUE | HALL_OPTION_NUMBER | HALL_OPTION_FILE)) != 0;
  if (!takes_word && value != NULL)
    return blame (fault, _("The option --%s takes no value."), name);
  if (takes_word && value == NULL) {
    if ((*words)[1] == NULL)
      return blame (fault, _("The option --%s needs a value."), name);
    value = *++*words;
  }
  if ((option->flags & HALL_OPTION_FILE) == 0 && value != NULL && !g_utf8_validate (value, -1, NULL))
    return blame (fault, _("The value of --%s is not UTF-8 text."), name);
  if ((option->flags & HALL_OPTION_NUMBER) != 0 && !is_number (value))
    return blame (fault, _("The option --%s needs a whole number, not “%s”."), name, value);

  add_value (self, name, value != NULL ? value : "");
  return TRUE;
}

static gboolean
take_words (HallArguments     *self,
            const char *const *words,
            const HallOption  *options,
            char             **fault)
{
  gboolean only_words = FALSE;

  for (; *words != NULL; words++) {
    if (!only_words && strcmp (*words, "--") == 0) {
      only_words = TRUE;
    } else if (!only_words && g_str_has_prefix (*words, "--")) {
      if (!take_option (self, options, &words, fault))
        return FALSE;
    } else if (!only_words && (*words)[0] == '-' && (*words)[1] != '\0') {
      return blame (fault, _("There is no option %s here."), *words);
    } else {
      g_ptr_array_add (self->words, g_strdup (*words));
    }
  }
  g_ptr_array_add (self->words, NULL);

  for (const HallOption *option = options; option->name != NULL; option++)
    if ((option->flags & HALL_OPTION_NEEDED) != 0 && !g_hash_table_contains (self->values, option->name))
      return blame (fault, _("The option --%s is missing."), option->name);

  return TRUE;
}

/**
 * hall_arguments_parse:
 * @words: NULL-terminated: what follows the verb
 * @options: the options there are
 * @fault: (out): on failure a sentence for people
 *
 * Returns: (transfer full) (nullable): options and other words; NULL with @fault set
 */
HallArguments *
hall_arguments_parse (const char *const  *words,
                      const HallOption   *options,
                      char              **fault)
{
  g_autoptr (HallArguments) self = NULL;

  g_return_val_if_fail (words != NULL && options != NULL && fault != NULL, NULL);

  *fault = NULL;
  self = g_new0 (HallArguments, 1);
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->words = g_ptr_array_new_with_free_func (g_free);

  return take_words (self, words, options, fault) ? g_steal_pointer (&self) : NULL;
}

/**
 * hall_arguments_free:
 */
void
hall_arguments_free (HallArguments *arguments)
{
  g_return_if_fail (arguments != NULL);

  g_hash_table_unref (arguments->values);
  g_ptr_array_unref (arguments->words);
  g_free (arguments);
}

/**
 * hall_arguments_has:
 *
 * Returns: whether @option was given
 */
gboolean
hall_arguments_has (const HallArguments *arguments,
                    const char          *option)
{
  g_return_val_if_fail (arguments != NULL && option != NULL, FALSE);

  return g_hash_table_contains (arguments->values, option);
}

/**
 * hall_arguments_get:
 *
 * Returns: (transfer none) (nullable): the value of @option; NULL when it was not given
 */
const char *
hall_arguments_get (const HallArguments *arguments,
                    const char          *option)
{
  const char *const *all = hall_arguments_get_all (arguments, option);

  return all != NULL ? all[0] : NULL;
}

/**
 * hall_arguments_get_all:
 *
 * Returns: (transfer none) (nullable): NULL-terminated: the values of @option in their order; NULL when it was not
 *   given
 */
const char *const *
hall_arguments_get_all (const HallArguments *arguments,
                        const char          *option)
{
  GPtrArray *values;

  g_return_val_if_fail (arguments != NULL && option != NULL, NULL);

  values = g_hash_table_lookup (arguments->values, option);

  return values != NULL ? (const char *const *) values->pdata : NULL;
}

/**
 * hall_arguments_get_number:
 *
 * Returns: the number that @option was given; 0 when it was not
 */
gint64
hall_arguments_get_number (const HallArguments *arguments,
                           const char          *option)
{
  const char *value = hall_arguments_get (arguments, option);

  return value != NULL ? g_ascii_strtoll (value, NULL, 10) : 0;
}

/**
 * hall_arguments_get_words:
 *
 * Returns: (transfer none): NULL-terminated: the words that are no options
 */
const char *const *
hall_arguments_get_words (const HallArguments *arguments)
{
  g_return_val_if_fail (arguments != NULL, NULL);

  return (const char *const *) arguments->words->pdata;
}
