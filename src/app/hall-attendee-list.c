/* SPDX-License-Identifier: GPL-3.0-or-later
 * Eight bytes an attendee for their order, and values only near what is looked at. Never waits. Main loop only. */
#include "app/hall-attendee-list.h"

#include "app/hall-attendee-page.h"
#include "app/hall-id-changes.h"

#include <string.h>

#define PAGE_LENGTH 64
/* How many pages stay filled after nobody looks at them any more. */
#define PAGES_KEPT  8

struct _HallAttendeeList {
  GObject           parent_instance;

  HallLibrary      *library;
  char             *chat;
  char             *search;
  char             *status;
  HallAttendeeSort  sort;
  gboolean          descending;

  GArray           *numbers; /* gint64 */
  GHashTable       *rows;    /* of Live, by number: every row object that somebody holds */
  GHashTable       *asked;   /* of gint64: numbers that are being read */
  GQueue            pages;   /* of GPtrArray of HallAttendeeRow: read last, newest first */
  guint             edition; /* goes up when attendees or questions have changed */
  guint             wish;    /* goes up when the host asks for something else */
  gboolean          finding;
  gboolean          stale;   /* to be found again once it has been found */
  gboolean          loading;
};

/* A row object somebody holds; not a reference to it. */
typedef struct {
  gint64            number;
  HallAttendeeList *list;
  HallAttendeeRow  *row;
} Live;

typedef struct {
  HallAttendeeList *list;
  GArray           *numbers;
  guint             edition;
  guint             wish;
  gboolean          keep; /* as a page; else only rows that somebody holds are filled */
} Errand;

static void hall_attendee_list_model_init (GListModelInterface *iface);
static void find (HallAttendeeList *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (HallAttendeeList, hall_attendee_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, hall_attendee_list_model_init))

enum {
  PROP_LOADING = 1,
  PROP_N_ITEMS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static Errand *
make_errand (HallAttendeeList *self,
             GArray           *numbers,
             gboolean          keep)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->list = g_object_ref (self);
  errand->numbers = numbers != NULL ? g_array_ref (numbers) : NULL;
  errand->edition = self->edition;
  errand->wish = self->wish;
  errand->keep = keep;

  return errand;
}

static void
free_errand (Errand *errand)
{
  g_object_unref (errand->list);
  g_clear_pointer (&errand->numbers, g_array_unref);
  g_free (errand);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Errand, free_errand)

static void
set_loading (HallAttendeeList *self,
             gboolean          loading)
{
  if (self->loading != loading) {
    self->loading = loading;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
  }
}

static void
on_row_gone (gpointer  data,
             GObject  *where)
{
  Live *live = data;

  g_hash_table_remove (live->list->rows, &live->number);
}

static HallAttendeeRow *
find_row (HallAttendeeList *self,
          gint64            number)
{
  Live *live = g_hash_table_lookup (self->rows, &number);

  return live != NULL ? live->row : NULL;
}

static HallAttendeeRow *
get_row (HallAttendeeList *self,
         gint64            number)
{
  HallAttendeeRow *row = find_row (self, number);
  Live            *live;

  if (row != NULL)
    return g_object_ref (row);

  row = hall_attendee_row_new (number);
  live = g_new0 (Live, 1);
  live->number = number;
  live->list = self;
  live->row = row;
  g_hash_table_add (self->rows, live);
  g_object_weak_ref (G_OBJECT (row), on_row_gone, live);

  return row;
}

static void on_loaded (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data);

static void
load (HallAttendeeList *self,
      GArray           *numbers,
      gboolean          keep)
{
  if (self->library == NULL || numbers->len == 0)
    return;

  for (guint i = 0; i < numbers->len; i++)
    g_hash_table_add (self->asked, g_memdup2 (&g_array_index (numbers, gint64, i), sizeof (gint64)));

  hall_attendee_page_load_async (self->library, g_array_ref (numbers), on_loaded, make_errand (self, numbers, keep));
}

static void
keep_page (HallAttendeeList *self,
           GPtrArray        *page)
{
  g_queue_push_head (&self->pages, page);
  while (self->pages.length > PAGES_KEPT)
    g_ptr_array_unref (g_queue_pop_tail (&self->pages));
}

static void
fill_rows (HallAttendeeList *self,
           GArray           *entries,
           gboolean          current,
           gboolean          keep)
{
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < entries->len; i++) {
    HallAttendeeEntry          *entry = &g_array_index (entries, HallAttendeeEntry, i);
    g_autoptr (HallAttendeeRow) row = NULL;

    if (entry->value == NULL || (!keep && find_row (self, entry->number) == NULL))
      continue;

    row = get_row (self, entry->number);
    if (current || hall_attendee_row_get_value (row) == NULL)
      hall_attendee_row_fill (row, entry->value, entry->question);
    g_ptr_array_add (page, g_steal_pointer (&row));
  }

  if (keep)
    keep_page (self, g_steal_pointer (&page));
}

static void
on_loaded (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Errand) errand = user_data;
  g_autoptr (GError) error = NULL;
  HallAttendeeList  *self = errand->list;
  g_autoptr (GArray) entries = hall_attendee_page_load_finish (HALL_LIBRARY (object), result, &error);
  gboolean           current = errand->edition == self->edition;

  for (guint i = 0; i < errand->numbers->len; i++)
    g_hash_table_remove (self->asked, &g_array_index (errand->numbers, gint64, i));

  if (entries == NULL) {
    g_info ("A page of attendees was not read: %s", error->message);
    return;
  }

  fill_rows (self, entries, current, errand->keep);
  if (!current)
    load (self, errand->numbers, FALSE);
}

static void
ask_for_page (HallAttendeeList *self,
              guint             position)
{
  g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint              first = position - position % PAGE_LENGTH;

  for (guint i = first; i < MIN (first + PAGE_LENGTH, self->numbers->len); i++) {
    gint64           number = g_array_index (self->numbers, gint64, i);
    HallAttendeeRow *row = find_row (self, number);

    if (!g_hash_table_contains (self->asked, &number) && (row == NULL || hall_attendee_row_get_value (row) == NULL))
      g_array_append_val (wanted, number);
  }

  load (self, wanted, TRUE);
}

static void
read_again (HallAttendeeList *self)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter     iter;
  gpointer           live;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &live, NULL)) {
    gint64 number = ((Live *) live)->number;

    /* What is being read comes back out of date, and is read again then. */
    if (!g_hash_table_contains (self->asked, &number))
      g_array_append_val (numbers, number);

    if (numbers->len == PAGE_LENGTH) {
      load (self, numbers, FALSE);
      g_array_unref (numbers);
      numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
    }
  }

  load (self, numbers, FALSE);
}

static void
take_numbers (HallAttendeeList *self,
              GArray           *numbers)
{
  const gint64      *after = (const gint64 *) numbers->data;
  guint              n_before = self->numbers->len;
  g_autoptr (GArray) changes = hall_id_changes ((const gint64 *) self->numbers->data, n_before, after, numbers->len);

  for (guint i = 0; i < changes->len; i++) {
    HallIdChange change = g_array_index (changes, HallIdChange, i);

    if (change.removed > 0)
      g_array_remove_range (self->numbers, change.position, change.removed);
    if (change.added > 0)
      g_array_insert_vals (self->numbers, change.position, after + change.position, change.added);
    g_list_model_items_changed (G_LIST_MODEL (self), change.position, change.removed, change.added);
  }

  if (self->numbers->len != n_before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

static void
on_found (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Errand) errand = user_data;
  g_autoptr (GError) error = NULL;
  HallAttendeeList  *self = errand->list;
  g_autoptr (GArray) numbers = hall_attendee_page_find_finish (HALL_LIBRARY (object), result, &error);

  self->finding = FALSE;
  if (self->library == NULL)
    return;

  if (numbers == NULL)
    g_info ("Attendees were not found: %s", error->message);
  else if (errand->wish == self->wish)
    take_numbers (self, numbers);

  if (self->stale)
    find (self);
  else
    set_loading (self, FALSE);
}

static void
find (HallAttendeeList *self)
{
  HallAttendeeQuery query = { self->chat, self->search, self->status, self->sort, self->descending };

  if (self->finding) {
    self->stale = TRUE;
    return;
  }

  self->finding = TRUE;
  self->stale = FALSE;
  hall_attendee_page_find_async (self->library, &query, on_found, make_errand (self, NULL, FALSE));
}

static void
find_something_else (HallAttendeeList *self)
{
  self->wish++;
  set_loading (self, TRUE);
  find (self);
}

static void
on_library_changed (HallLibrary      *library,
                    GStrv             tables,
                    HallAttendeeList *self)
{
  gboolean attendees = g_strv_contains ((const char *const *) tables, "attendees");

  if (!attendees && !g_strv_contains ((const char *const *) tables, "questions"))
    return;

  self->edition++;
  read_again (self);
  if (attendees)
    find (self);
}

static GType
hall_attendee_list_get_item_type (GListModel *model)
{
  return HALL_TYPE_ATTENDEE_ROW;
}

static guint
hall_attendee_list_get_n_items (GListModel *model)
{
  return HALL_ATTENDEE_LIST (model)->numbers->len;
}

static gpointer
hall_attendee_list_get_item (GListModel *model,
                             guint       position)
{
  HallAttendeeList *self = HALL_ATTENDEE_LIST (model);
  HallAttendeeRow  *row;
  gint64            number;

  if (position >= self->numbers->len)
    return NULL;

  number = g_array_index (self->numbers, gint64, position);
  row = get_row (self, number);
  if (hall_attendee_row_get_value (row) == NULL && !g_hash_table_contains (self->asked, &number))
    ask_for_page (self, position);

  return row;
}

static void
hall_attendee_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = hall_attendee_list_get_item_type;
  iface->get_n_items = hall_attendee_list_get_n_items;
  iface->get_item = hall_attendee_list_get_item;
}

static void
hall_attendee_list_get_property (GObject    *object,
                                 guint       id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  HallAttendeeList *self = HALL_ATTENDEE_LIST (object);

  switch (id) {
  case PROP_LOADING:
    g_value_set_boolean (value, self->loading);
    break;
  case PROP_N_ITEMS:
    g_value_set_uint (value, self->numbers->len);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
hall_attendee_list_dispose (GObject *object)
{
  HallAttendeeList *self = HALL_ATTENDEE_LIST (object);
  GHashTableIter    iter;
  gpointer          data;

  if (self->library != NULL)
    g_signal_handlers_disconnect_by_data (self->library, self);
  g_clear_object (&self->library);
  g_queue_clear_full (&self->pages, (GDestroyNotify) g_ptr_array_unref);

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &data, NULL)) {
    Live *live = data;

    g_object_weak_unref (G_OBJECT (live->row), on_row_gone, live);
    g_hash_table_iter_remove (&iter);
  }

  G_OBJECT_CLASS (hall_attendee_list_parent_class)->dispose (object);
}

static void
hall_attendee_list_finalize (GObject *object)
{
  HallAttendeeList *self = HALL_ATTENDEE_LIST (object);

  g_free (self->chat);
  g_free (self->search);
  g_free (self->status);
  g_array_unref (self->numbers);
  g_hash_table_unref (self->rows);
  g_hash_table_unref (self->asked);

  G_OBJECT_CLASS (hall_attendee_list_parent_class)->finalize (object);
}

static void
hall_attendee_list_class_init (HallAttendeeListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = hall_attendee_list_get_property;
  object_class->dispose = hall_attendee_list_dispose;
  object_class->finalize = hall_attendee_list_finalize;

  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
hall_attendee_list_init (HallAttendeeList *self)
{
  self->numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  /* The number comes first in a Live, so that a Live is its own key. */
  self->rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->asked = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_queue_init (&self->pages);
}

/**
 * hall_attendee_list_new:
 * @library: a library
 * @chat: (nullable): id of a chat; NULL for the attendees of all chats
 *
 * Returns: (transfer full): a list that is empty at first and fills itself, newest sign-up last
 */
HallAttendeeList *
hall_attendee_list_new (HallLibrary *library,
                        const char  *chat)
{
  HallAttendeeList *self;

  g_return_val_if_fail (HALL_IS_LIBRARY (library), NULL);

  self = g_object_new (HALL_TYPE_ATTENDEE_LIST, NULL);
  self->library = g_object_ref (library);
  self->chat = g_strdup (chat);
  g_signal_connect (library, "changed", G_CALLBACK (on_library_changed), self);
  find_something_else (self);

  return self;
}

/**
 * hall_attendee_list_set_search:
 * @self: a list
 * @search: (nullable): parts of names or addresses, as typed; accents and case do not count
 */
void
hall_attendee_list_set_search (HallAttendeeList *self,
                               const char       *search)
{
  g_return_if_fail (HALL_IS_ATTENDEE_LIST (self));

  if (g_set_str (&self->search, search))
    find_something_else (self);
}

/**
 * hall_attendee_list_set_status:
 * @self: a list
 * @status: (nullable): "going", "waitlist" or "cancelled"; NULL for all
 */
void
hall_attendee_list_set_status (HallAttendeeList *self,
                               const char       *status)
{
  g_return_if_fail (HALL_IS_ATTENDEE_LIST (self));

  if (g_set_str (&self->status, status))
    find_something_else (self);
}

/**
 * hall_attendee_list_set_sort:
 * @self: a list
 * @column: "signed-up-at", "name", "address" or "status"
 * @descending: whether the largest comes first
 */
void
hall_attendee_list_set_sort (HallAttendeeList *self,
                             const char       *column,
                             gboolean          descending)
{
  static const char *const columns[] = {
    [HALL_ATTENDEE_SORT_SIGNED_UP] = "signed-up-at",
    [HALL_ATTENDEE_SORT_NAME] = "name",
    [HALL_ATTENDEE_SORT_ADDRESS] = "address",
    [HALL_ATTENDEE_SORT_STATUS] = "status",
  };

  g_return_if_fail (HALL_IS_ATTENDEE_LIST (self));
  g_return_if_fail (column != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (strcmp (column, columns[i]) == 0 && (self->sort != i || self->descending != !!descending)) {
      self->sort = i;
      self->descending = !!descending;
      find_something_else (self);
    }
}
