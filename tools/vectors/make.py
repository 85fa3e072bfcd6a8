# Writes the test vectors to test/vectors, or to the given folder: python3 tools/vectors/make.py [folder].
# It is a second implementation, independent of the library.
import json
import pathlib
import sys

# Writes no compiled files.
sys.dont_write_bytecode = True

from body_vectors import body_vectors
from header_vectors import header_vectors
from hostile_signature_vectors import hostile_signature_vectors
from name_vectors import name_vectors
from signature_vectors import signature_vectors

vectors_folder = pathlib.Path(__file__).resolve().parents[2] / 'test' / 'vectors'
folder = pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else vectors_folder

for name, vectors in {
    'signature': signature_vectors(),
    'hostile-signature': hostile_signature_vectors(),
    'delivery': [*name_vectors(), *body_vectors(), *header_vectors()],
}.items():
    titles = [vector['title'] for vector in vectors]
    assert len(set(titles)) == len(titles), f'{name}: duplicate title'
    # ASCII only: lone surrogates and NUL are escaped, so that no tool changes them.
    (folder / f'{name}.json').write_text(json.dumps(vectors, indent=2) + '\n', encoding='ascii')
