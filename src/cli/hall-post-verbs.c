/* SPDX-License-Identifier: GPL-3.0-or-later
 * `hallway post import`, `hallway post export` and `hallway post list`. */
#include "cli/hall-post-verbs.h"

#include "app/hall-problem.h"
#include "app/hall-publisher.h"

#include <glib/gi18n.h>

static void import_next (HallCall *call);

static void
on_imported (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  HallCall            *call = user_data;
  g_autoptr (GError)   error = NULL;
  g_autoptr (HallPost) post = hall_publisher_import_finish (call->library, result, &error);

  if (post != NULL) {
    hall_terminal_say (&call->terminal, "%s", post->parent.id);
  } else {
    const char      *file = hall_arguments_get_words (call->arguments)[call->next];
    g_autofree char *name = g_filename_display_name (file);
    g_autofree char *sentence = hall_problem_say (error);

    hall_terminal_complain (&call->terminal, "%s: %s", name, sentence);
    call->code = HALL_EXIT_FAILED;
  }

  call->next++;
  import_next (call);
}

/* One file that cannot be a post does not keep the others out. */
static void
import_next (HallCall *call)
{
  const char       *word = hall_arguments_get_words (call->arguments)[call->next];
  g_autoptr (GFile) file = NULL;

  if (word == NULL) {
    hall_call_finish (call, call->code);
    return;
  }

  file = call->terminal.file (word, call->terminal.data);
  hall_publisher_import_async (call->library, file, NULL, on_imported, call);
}

static void
on_exported (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  HallCall          *call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile)  file = hall_publisher_export_finish (call->library, result, &error);
  g_autofree char   *name = NULL;

  if (file == NULL) {
    hall_call_fail (call, error);
    return;
  }

  name = g_file_get_parse_name (file);
  hall_terminal_say (&call->terminal, "%s", name);
  hall_call_finish (call, HALL_EXIT_DONE);
}

static void
export (HallCall *call)
{
  const char       *to = hall_arguments_get (call->arguments, "to");
  g_autoptr (GFile) folder = call->terminal.file (to, call->terminal.data);

  hall_publisher_export_async (call->library, hall_arguments_get_words (call->arguments)[0], folder, NULL,
                               on_exported, call);
}

static void
append (HallListing   *listing,
        gconstpointer  item)
{
  const HallPost *post = item;

  hall_listing_next (listing);
  hall_listing_add_cell (listing, post->parent.id);
  hall_listing_add_cell (listing, g_str_equal (post->status, "published") ? _("Published") : _("Draft"));
  hall_listing_add_cell (listing, post->file_name);
  hall_listing_add_cell (listing, post->title);

  hall_listing_add_text (listing, "id", post->parent.id);
  hall_listing_add_text (listing, "file_name", post->file_name);
  hall_listing_add_text (listing, "title", post->title);
  hall_listing_add_text (listing, "status", post->status);
  hall_listing_add_moment (listing, "edited_at", post->edited_at);
}

static const HallCallList posts = { hall_library_list_finish, append };

static void
list (HallCall *call)
{
  call->list = &posts;
  hall_library_list_async (call->library, &hall_post_kind, NULL, NULL, hall_call_on_listed, call);
}

static const HallOption import_options[] = {
  { NULL, 0 },
};

static const HallOption export_options[] = {
  { "to", HALL_OPTION_FILE | HALL_OPTION_NEEDED },
  { NULL, 0 },
};

static const HallOption list_options[] = {
  { "json", HALL_OPTION_FLAG },
  { NULL, 0 },
};

const HallVerb hall_post_verbs[] = {
  { "post", "import", "FILE…", N_("Take posts into the library, byte for byte"),
    import_options, 1, G_MAXUINT, import_next },
  { "post", "export", "ID --to FOLDER", N_("Write a post into a folder, byte for byte"),
    export_options, 1, 1, export },
  { "post", "list", "[--json]", N_("List all posts, newest edit first"), list_options, 0, 0, list },
  { NULL, NULL, NULL, NULL, NULL, 0, 0, NULL },
};
