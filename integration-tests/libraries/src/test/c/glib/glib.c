/* What GLib calls in C: hash and equality by Java's, an order by the fields of the mirrors. */
#include "glue.h"
#include <glib.h>

GLUE GHashFunc glue_hash(void);
GLUE GEqualFunc glue_equal(void);
GLUE GCompareDataFunc glue_by_age(const char *type_name);

static hf_field age;
static hf_field id;

static guint hash(gconstpointer ref) { return hf_java_hash(ref); }
static gboolean equal(gconstpointer a, gconstpointer b) { return hf_java_equal(a, b); }

static gint by_age(gconstpointer a, gconstpointer b, gpointer data) {
  (void)data;
  hf_ref left = (hf_ref)a;
  hf_ref right = (hf_ref)b;
  int32_t order = hf_get_i32(left, age) - hf_get_i32(right, age);
  return order ? order : hf_get_i32(left, id) - hf_get_i32(right, id);
}

GHashFunc glue_hash(void) { return hash; }
GEqualFunc glue_equal(void) { return equal; }

/* NULL if the class has no mirrors or other fields. */
GCompareDataFunc glue_by_age(const char *type_name) {
  hf_type type = hf_type_find(type_name);
  age = hf_field_find(type, "age");
  id = hf_field_find(type, "id");
  return age && id ? by_age : NULL;
}
