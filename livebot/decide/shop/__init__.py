"""What the shop knows: products, sizes and policies, and answers filled from them."""
